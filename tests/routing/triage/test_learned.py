"""T09: what letters taught is a sum of rows, each of which can be shown."""

from __future__ import annotations

from math import log, sqrt

import pytest

from services.routing.triage.learned import Learned, learned
from services.routing.triage.propose import propose
from services.routing.triage.ranking import ranked, shares_of
from services.routing.triage.reading import Reading
from services.routing.triage.signs import LONGEST_READ, SHORTEST, measured, signs_in
from shared.rulebook import Grade, Rulebook, Weights
from tests.rulebook import COMMITTED

TAUGHT = Weights(
    version="small",
    longest=2,
    categories=("OL01", "NS02"),
    grades=tuple(Grade),
    bias=(0, 100, 0, 0, 0),
    trust=50,
    rules={"OL01": (60, -60, 0, 0, 0)},
    title={"油烟": (300, 1000, -1000, 0, 0, 0)},
    text={"油烟": (300, 400, -400, 0, 0, 0), "噪": (200, -500, 500, 0, 0, 900)},
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(COMMITTED)


@pytest.fixture(scope="module")
def taught(rulebook: Rulebook) -> Rulebook:
    return rulebook.with_weights(TAUGHT)


def said(rulebook: Rulebook, title: str, text: str, **words: float) -> Learned:
    return learned(TAUGHT, Reading.of(rulebook.triage, title, text), words)


def test_signs_are_runs_of_chinese_characters() -> None:
    assert signs_in("A1区油烟, 油", 2) == {"区": 1, "油": 2, "烟": 1, "区油": 1, "油烟": 1}
    assert signs_in("油烟13800000000", 3) == signs_in("油烟", 3)


def test_only_known_signs_are_counted_and_only_so_far() -> None:
    known = {"油烟"}
    assert signs_in("噪油烟噪", 2, known) == {"油烟": 1}
    assert signs_in("空" * LONGEST_READ + "油烟", 2, known) == {}


def test_repetition_counts_logarithmically_and_length_is_one() -> None:
    values = measured({"油": 1, "烟": 3}, {"油": 2.0, "烟": 2.0}, shortest=0.1)
    assert values["烟"] / values["油"] == pytest.approx(1 + log(3))
    assert sqrt(sum(value**2 for value in values.values())) == pytest.approx(1)


def test_a_few_characters_say_little() -> None:
    few = measured({"油": 1}, {"油": 2.0}, SHORTEST["text"])
    assert few["油"] == pytest.approx(2 / SHORTEST["text"])


def test_scores_are_the_sum_of_what_is_shown(rulebook: Rulebook) -> None:
    result = said(rulebook, "油烟", "油烟", OL01=2.0)
    parts = [3 / 10 * 10, 3 / 30 * 4, 2.0 * 0.6]
    assert result.categories["OL01"] == pytest.approx(sum(parts))
    assert result.categories["NS02"] == pytest.approx(1 - sum(parts))
    evidence = result.category_evidence("OL01")
    assert [each.rule for each in evidence] == ["model.title", "model.text"]
    assert [each.weight for each in evidence] == pytest.approx(parts[:2])
    assert all(each.words == ("油烟",) for each in evidence)


def test_what_speaks_against_a_category_is_no_evidence_for_it(rulebook: Rulebook) -> None:
    assert said(rulebook, "油烟", "").category_evidence("NS02") == []
    assert said(rulebook, "油烟", "").category_evidence("ZZ99") == []


def test_signs_for_a_grade(rulebook: Rulebook) -> None:
    result = said(rulebook, "", "噪")
    assert result.grades[Grade.MAJOR] > result.grades[Grade.MEDIUM]
    assert result.grade_evidence(Grade.MAJOR)[0].rule == "model.grade.text"


def test_a_category_nobody_taught_is_found_by_its_words(taught: Rulebook) -> None:
    """Categories without letters borrow the trust that the words of others have earned."""
    assert propose(taught, "安装充电桩", "物业不同意安装充电桩。").category == "EV01"


def test_police_matters_are_no_alternatives(taught: Rulebook) -> None:
    everything = ranked(taught, said(taught, "", ""), {})
    assert {"XX01", "TH01"}.isdisjoint(each.category for each in everything)
    assert sum(each.confidence for each in everything) == pytest.approx(1)


def test_a_higher_temperature_is_less_sure() -> None:
    scores = {"a": 3.0, "b": 1.0}
    assert shares_of(scores, 2.0)["a"] < shares_of(scores)["a"] < 1


def test_without_weights_the_words_decide_alone(rulebook: Rulebook) -> None:
    from shared.rulebook.weights import unlearned

    alone = rulebook.with_weights(unlearned(tuple(rulebook.categories)))
    proposal = propose(alone, "楼下餐馆油烟", "油烟直接排到窗口。")
    assert (proposal.category, proposal.grade) == ("OL01", Grade.MEDIUM)
    assert not any(each.rule.startswith("model") for each in proposal.evidence)
