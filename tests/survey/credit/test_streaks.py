"""Low scores in a row (E07, W6), pure."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.survey.credit.domain.streaks import Result, low_in_a_row, newly_due
from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS
from tests.samples import named
from tests.stage import START

RULE = Rulebook.load(RULEBOOKS / "xianning-2025-07-21").survey.low_score
PERIODS = ("2025-H2", "2026-H1", "2026-H2", "2027-H1", "2027-H2")


def result(period: str, score: str) -> Result:
    return Result(named(f"survey {period}"), period, Decimal(score), START)


def due(*scores: tuple[str, str]) -> list[list[str]]:
    """The rows of periods that are due once all were published in the order given."""
    known: list[Result] = []
    found = []
    for period, score in scores:
        new = result(period, score)
        found += [[each.period for each in row] for row in newly_due(known, new, RULE)]
        known.append(new)
    return found


def test_the_vectors_of_the_letter() -> None:
    """E07, W6: 79.50 then 79.99; 79.50 then 80.00; one skipped between 79.5 and 79.0."""
    assert due(("2026-H1", "79.50"), ("2026-H2", "79.99")) == [["2026-H1", "2026-H2"]]
    assert due(("2026-H1", "79.50"), ("2026-H2", "80.00")) == []
    assert due(("2026-H1", "79.50"), ("2027-H1", "79.00")) == [["2026-H1", "2027-H1"]]


def test_a_good_result_sets_the_counter_to_nothing() -> None:
    """E07: 80.00 is not below 80."""
    low, good = result("2026-H1", "79.50"), result("2026-H2", "80.00")
    assert low_in_a_row([low], RULE) == 1
    assert low_in_a_row([low, good], RULE) == 0
    assert due(("2026-H1", "79.5"), ("2026-H2", "80"), ("2027-H1", "79"), ("2027-H2", "81")) == []


def test_every_further_low_result_is_due_again() -> None:
    rows = due(("2026-H1", "70"), ("2026-H2", "71"), ("2027-H1", "72"))
    assert rows == [["2026-H1", "2026-H2"], ["2026-H2", "2027-H1"]]


def test_a_result_that_comes_late_completes_the_row_of_the_next() -> None:
    assert due(("2026-H2", "71"), ("2026-H1", "70")) == [["2026-H1", "2026-H2"]]


@given(st.permutations(list(zip(PERIODS, ("70", "79.99", "85", "79", "60"), strict=True))))
def test_no_row_is_forgotten_whatever_is_published_when(order: list[tuple[str, str]]) -> None:
    """What was due for a while, before a good result came between, routing takes once."""
    ends = {row[-1] for row in due(*order)}
    assert {"2026-H1", "2027-H2"} <= ends <= {"2026-H1", "2027-H1", "2027-H2"}
