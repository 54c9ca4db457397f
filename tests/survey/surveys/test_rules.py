"""The pure rules of surveys: states, the valid answer, coverage, score, what may be shown."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.survey.surveys.domain.answers import (
    Answer,
    AnswerIncomplete,
    Mode,
    TenantsDoNotAnswer,
    outranks,
    refuse_incomplete,
    refuse_tenants,
    valid_answer,
)
from services.survey.surveys.domain.counting import count
from services.survey.surveys.domain.disclosure import averages_to_show
from services.survey.surveys.domain.lifecycle import (
    TRANSITIONS,
    Invalidity,
    SurveyAction,
    SurveyNotInState,
    SurveyStatus,
    advance,
)
from services.survey.surveys.domain.periods import PeriodUnknown, refuse_unknown_period
from services.survey.surveys.domain.publication import is_synchronous
from services.survey.surveys.domain.scoring import averages_of, rounded, score_of
from shared.contracts.vocabulary import Relation
from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS
from tests.stage import START
from tests.survey.surveys.pollster import DIMENSIONS, levels

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
RULES, SCORES = BOOK.survey, BOOK.scores
LEVELS = st.fixed_dictionaries({code: st.integers(1, 5) for code in DIMENSIONS})
ANSWERS = st.builds(
    Answer,
    relation=st.sampled_from(Relation),
    mode=st.sampled_from(Mode),
    given_at=st.integers(0, 3).map(lambda hours: START + timedelta(hours=hours)),
    levels=LEVELS,
)


def last_standing(answers: list[Answer]) -> Answer | None:
    """As a household keeps it: one by one, in the order of arrival."""
    standing: Answer | None = None
    for each in answers:
        if outranks(each, standing):
            standing = each
    return standing


@pytest.mark.parametrize("state", SurveyStatus)
@pytest.mark.parametrize("action", SurveyAction)
def test_the_table_is_all_there_is(state: SurveyStatus, action: SurveyAction) -> None:
    if action in TRANSITIONS[state]:
        assert advance(state, action) is TRANSITIONS[state][action]
        return
    with pytest.raises(SurveyNotInState):
        advance(state, action)


def test_nothing_follows_what_is_public_or_invalid() -> None:
    assert not TRANSITIONS[SurveyStatus.PUBLISHED]
    assert not TRANSITIONS[SurveyStatus.INVALID]


OWNER_AT_NINE = Answer(Relation.OWNER, Mode.VISIT, START, levels(1))
FAMILY_AT_NINE = Answer(Relation.FAMILY, Mode.VISIT, START, levels(1))


@example(([OWNER_AT_NINE, FAMILY_AT_NINE], [FAMILY_AT_NINE, OWNER_AT_NINE]))
@given(st.lists(ANSWERS, max_size=6).flatmap(lambda each: st.tuples(
    st.just(each), st.permutations(each)
)))  # fmt: skip
def test_the_order_of_arrival_does_not_matter(orders: tuple[list[Answer], list[Answer]]) -> None:
    """E02, E29, E30: the same valid answer, and the one that the rule names."""
    sent, arrived = orders
    assert last_standing(arrived) == last_standing(sent) == valid_answer(sent)


def test_two_of_the_family_twice_online_and_once_at_the_door() -> None:
    """E29, E02: in every order one valid answer, the latest of them."""
    online = Answer(Relation.OWNER, Mode.ONLINE, START, levels(5))
    again = Answer(Relation.FAMILY, Mode.ONLINE, START + timedelta(hours=2), levels(3))
    door = Answer(Relation.OWNER, Mode.VISIT, START + timedelta(hours=1), levels(1))
    for order in permutations([online, again, door]):
        assert last_standing(list(order)) == again


def test_the_owner_comes_before_the_tenant() -> None:
    """E30: also when the tenant answered later."""
    tenant = Answer(Relation.TENANT, Mode.ONLINE, START + timedelta(days=2), levels(1))
    owner = Answer(Relation.OWNER, Mode.ONLINE, START, levels(5))
    for order in permutations([tenant, owner]):
        assert last_standing(list(order)) == owner
    assert last_standing([tenant]) == tenant


def test_every_dimension_once_on_the_scale() -> None:
    """E04."""
    refuse_incomplete(levels(1, 2, 3, 4, 5), RULES)
    wrong = (levels(6), levels(0), {"RESPONSE": 3}, levels(3) | {"GREENING": 3})
    for each in wrong:
        with pytest.raises(AnswerIncomplete):
            refuse_incomplete(each, RULES)


def test_whether_tenants_answer_is_a_rule() -> None:
    """E30."""
    refuse_tenants(Relation.TENANT, RULES)
    without = RULES.model_copy(update={"tenants_answer": False})
    refuse_tenants(Relation.FAMILY, without)
    with pytest.raises(TenantsDoNotAnswer):
        refuse_tenants(Relation.TENANT, without)


def test_the_score_of_the_letter() -> None:
    """E04: 4.2, 3.9, 3.6, 4.1, 3.7 have the mean 3.9, which is 78.00."""
    averages = dict(
        zip(DIMENSIONS, map(Fraction, ("4.2", "3.9", "3.6", "4.1", "3.7")), strict=True)
    )
    assert rounded(score_of(averages, RULES.dimensions, RULES.scale_top), SCORES) == Decimal(
        "78.00"
    )


def test_five_four_and_four_are_86_and_two_thirds() -> None:
    """Facts 2.5: the mean of their points, 100, 80 and 80."""
    averages = averages_of([levels(5), levels(4), levels(4)], RULES.dimensions)
    score = score_of(averages, RULES.dimensions, RULES.scale_top)
    assert rounded(score, SCORES) == Decimal("86.67")


@pytest.mark.parametrize(("exact", "shown"), [("79.995", "80.00"), ("79.994", "79.99")])
def test_rounded_half_up_before_it_is_judged(exact: str, shown: str) -> None:
    """Ground rule 0.2.6, E07: 79.995 is not low, 79.994 is."""
    assert str(rounded(Fraction(exact), SCORES)) == shown
    assert (Decimal(shown) < RULES.low_score.below) is (shown == "79.99")


def test_rounding_the_averages_first_would_judge_otherwise() -> None:
    """Ground rule 0.2.6: once. From 3.67 for 3.666… the score would be a hundredth higher."""
    given = [levels(4), levels(4), levels(3, 4, 4, 4, 4)]
    averages = averages_of(given, RULES.dimensions)
    twice = sum(rounded(each, SCORES) for each in averages.values()) * 4
    assert rounded(score_of(averages, RULES.dimensions, RULES.scale_top), SCORES) == Decimal(
        "78.67"
    )
    assert twice == Decimal("78.68")


@given(st.lists(LEVELS, min_size=1, max_size=30))
def test_the_score_stays_on_its_scale(given: list[dict[str, int]]) -> None:
    score = score_of(averages_of(given, RULES.dimensions), RULES.dimensions, RULES.scale_top)
    assert 20 <= score <= 100
    assert abs(rounded(score, SCORES) - Decimal(float(score))) < Decimal("0.00501")


@given(st.lists(LEVELS, min_size=1, max_size=10), st.data())
def test_a_better_answer_never_lowers_the_score(
    given: list[dict[str, int]], data: st.DataObject
) -> None:
    """Monotone in every component, before and after rounding."""
    which = data.draw(st.integers(0, len(given) - 1))
    code = data.draw(st.sampled_from(DIMENSIONS))
    better = [dict(each) for each in given]
    better[which][code] = min(5, better[which][code] + 1)
    before, after = (
        score_of(averages_of(each, RULES.dimensions), RULES.dimensions, RULES.scale_top)
        for each in (given, better)
    )
    assert before <= after
    assert rounded(before, SCORES) <= rounded(after, SCORES)


@pytest.mark.parametrize(
    ("visited", "coverage", "because"),
    [(799, "79.90", Invalidity.COVERAGE), (800, "80.00", None)],
)
def test_four_fifths_of_the_households_are_visited(
    visited: int, coverage: str, because: Invalidity | None
) -> None:
    """E03: 799 of 1000 are not enough, 800 are."""
    counted = count(1000, visited, [levels(4, 3, 4, 4, 4)] * 700, RULES, SCORES)
    assert (str(counted.coverage), counted.invalid_because) == (coverage, because)
    assert (counted.score is None) is (because is not None)


def test_too_few_answers_make_no_score() -> None:
    """A score of four households would be a cell of four."""
    four, five = ([levels(4, 3, 4, 4, 4)] * number for number in (4, 5))
    assert count(10, 10, four, RULES, SCORES).invalid_because == Invalidity.FEW_ANSWERS
    assert count(10, 10, five, RULES, SCORES).invalid_because is None
    assert count(10, 10, [], RULES, SCORES).invalid_because == Invalidity.FEW_ANSWERS


def test_averages_are_shown_together_or_not_at_all() -> None:
    """One hidden average would follow from the score and the other four."""
    mixed = averages_of([levels(4, 3, 4, 4, 4), levels(3, 4, 3, 3, 3)], RULES.dimensions)
    unanimous = averages_of([levels(1, 3, 4, 4, 4), levels(1, 4, 3, 3, 3)], RULES.dimensions)
    assert averages_to_show(mixed, 5, RULES.scale, RULES.cell_at_least) == mixed
    assert averages_to_show(mixed, 4, RULES.scale, RULES.cell_at_least) is None
    assert averages_to_show(unanimous, 5, RULES.scale, RULES.cell_at_least) is None


def test_the_same_day_in_beijing() -> None:
    """E05: 03-10 09:00 and 03-11 are not synchronous."""
    board = START.replace(day=10)
    assert is_synchronous([board, board.replace(hour=23, minute=59)])
    assert not is_synchronous([board, board.replace(day=11, hour=0)])


@pytest.mark.parametrize(
    "period", ["2026-H3", "2026", "1026-H1", "2026-h1", "２０２６-H1", " 2026-H1"]
)
def test_a_period_is_written_as_the_cycle_asks(period: str) -> None:
    """U21: half-yearly."""
    refuse_unknown_period("2026-H1", RULES.cycle)
    with pytest.raises(PeriodUnknown):
        refuse_unknown_period(period, RULES.cycle)


def test_the_baseline_of_the_pilots_is_quoted() -> None:
    """E08, U16: words, so that nobody computes with them."""
    assert RULES.baseline.satisfaction == "较上年提高15%"
    assert RULES.baseline.complaints == "下降22%"
