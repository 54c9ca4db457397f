"""X09: how alike two complaints are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.voices.domain.likeness import Voice, likeness
from services.routing.voices.domain.wording import wording_of
from shared.rulebook import Rulebook
from tests.routing.drama import at
from tests.rulebook import COMMITTED

RULES = Rulebook.load(COMMITTED).duplicates
NINE = at("2026-03-02 09:00")

texts = st.text(alphabet="电梯故障停水油烟噪音小区的业主A3，。 1", max_size=60)
voices = st.builds(
    lambda title, text, category, hours: voice(title, text, category, hours),
    texts,
    texts,
    st.sampled_from(["EQ02", "NS01", "OT01"]),
    st.integers(0, 5000),
)


def voice(title: str, text: str, category: str = "EQ02", hours: float = 0) -> Voice[str]:
    words = wording_of(title, text, RULES)
    return Voice(words.subject, words.pairs, category, NINE + timedelta(hours=hours))


LIFT = voice("三栋电梯反复故障", "三栋电梯一周内三次停运，老人上不去楼，维保单位没人来。")


@given(voices, voices, st.floats(0, 1))
def test_it_lies_between_nothing_and_one_in_either_order(
    one: Voice[str], other: Voice[str], place: float
) -> None:
    score = likeness(one, other, RULES, place=place).score
    assert 0 <= score <= 1
    assert score == likeness(other, one, RULES, place=place).score


@given(voices)
def test_a_complaint_is_wholly_like_itself(one: Voice[str]) -> None:
    assert likeness(one, one, RULES).score == pytest.approx(1)


@given(voices, voices)
def test_another_place_is_another_problem(one: Voice[str], other: Voice[str]) -> None:
    assert likeness(one, other, RULES, place=0).score == 0


def test_category_time_and_words_each_count() -> None:
    same = likeness(LIFT, LIFT, RULES).score
    assert likeness(LIFT, replace(LIFT, category="NS01"), RULES).score == pytest.approx(same - 0.2)
    later = replace(LIFT, at=LIFT.at + timedelta(days=90))
    assert likeness(LIFT, later, RULES).score == pytest.approx(same - 0.2 * (1 - 0.3679), abs=1e-3)
    assert (
        likeness(LIFT, voice("车位收费", "地面车位按月收费没有公示"), RULES).score
        < RULES.proposed_from
    )


def test_the_same_problem_in_other_words_is_proposed() -> None:
    other = voice("电梯总坏没人修", "三栋电梯一周停运三次，老人上不去，维保单位没人管。", hours=30)
    assert likeness(LIFT, other, RULES).score >= RULES.proposed_from


def test_what_every_letter_says_proves_nothing() -> None:
    polite = wording_of("尊敬的领导您好", "请求解决小区业主反映的问题，谢谢！", RULES)
    assert polite.pairs == frozenset()


def test_width_case_and_punctuation_do_not_count() -> None:
    assert wording_of("Ａ栋电梯", "坏了！", RULES) == wording_of("a栋电梯", "坏了", RULES)


def test_the_name_of_the_estate_is_left_out() -> None:
    named = wording_of("温泉花园电梯故障", "", RULES, ["温泉花园（演示）"])
    assert named == wording_of("电梯故障", "", RULES)
