"""Bands, means, bonus, lifecycles and years, pure (E19, E24, E25, E27, U14, U15, U19, U20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.credit.domain import consequences, grades, standing
from services.survey.credit.domain.bonus import earns_bonus, uplifted, with_bonus
from services.survey.credit.domain.means import Part, company_mean
from services.survey.credit.domain.periods import half_year_of_deadline, quarters_before
from services.survey.credit.domain.sources import expiry_of
from services.survey.credit.domain.years import poor_row, year_score
from services.survey.surveys.domain.scoring import rounded
from shared.rulebook import Rulebook
from shared.rulebook.bands import band_of
from shared.settings import RULEBOOKS
from tests.samples import named

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
CREDIT, SUBSIDY = BOOK.credit, BOOK.subsidy
CODES = [band.code for band in CREDIT.bands]

scores = st.decimals(0, 100, places=2)
parts = st.lists(st.tuples(scores, st.integers(0, 5000)), min_size=1, max_size=12)


def of_estates(*given_: tuple[str | Decimal, int]) -> list[Part]:
    return [
        Part(named(f"entry {number}"), named(f"estate {number}"), Decimal(score), households)
        for number, (score, households) in enumerate(given_)
    ]


@pytest.mark.parametrize(
    ("score", "grade"),
    [("100", "A"), ("90", "A"), ("89.99", "B"), ("80", "B"), ("79.99", "C"), ("60", "C"),
     ("59.99", "D"), ("55", "D"), ("0", "D")],
)  # fmt: skip
def test_the_bands(score: str, grade: str) -> None:
    """U19: A from 90, B from 80, C from 60, D below."""
    assert band_of(CREDIT.bands, Decimal(score)).code == grade


@given(scores)
def test_every_score_has_exactly_one_grade(score: Decimal) -> None:
    """U19."""
    assert sum(band.holds(score) for band in CREDIT.bands) == 1


@given(scores, scores)
def test_a_better_score_is_never_a_worse_grade(one: Decimal, other: Decimal) -> None:
    """U19, E16."""
    low, high = sorted((one, other))
    better, worse = (band_of(CREDIT.bands, each).code for each in (high, low))
    assert CODES.index(better) <= CODES.index(worse)
    assert grades.is_restricted(worse, CREDIT) or not grades.is_restricted(better, CREDIT)


def test_what_restricts_bidding() -> None:
    """E18, E19: C does, and D no less."""
    assert [each for each in CODES if grades.is_restricted(each, CREDIT)] == ["C", "D"]


def test_estates_are_weighed_by_their_households() -> None:
    """U20: 90 of 1000 households and 60 of 500 are 80; unweighed 75."""
    estates = of_estates(("90", 1000), ("60", 500))
    assert company_mean(estates, "BY_HOUSEHOLDS") == 80
    assert company_mean(estates, "PLAIN") == 75
    assert company_mean(of_estates(("90", 0), ("60", 0)), "BY_HOUSEHOLDS") == 75


@given(parts, st.sampled_from(["BY_HOUSEHOLDS", "PLAIN"]))
def test_a_mean_lies_among_its_scores_and_is_rounded_once(
    given_: list[tuple[Decimal, int]], rule: str
) -> None:
    """U20, E16: exact until the end."""
    estates = of_estates(*given_)
    mean = company_mean(estates, rule)
    assert min(score for score, _ in given_) <= mean <= max(score for score, _ in given_)
    assert company_mean(list(reversed(estates)), rule) == mean
    assert abs(rounded(mean, BOOK.scores) - Decimal(mean.numerator) / mean.denominator) <= Decimal(
        "0.00500001"
    )


@given(parts, st.integers(0, 11), scores)
def test_a_mean_rises_with_each_score(
    given_: list[tuple[Decimal, int]], which: int, other: Decimal
) -> None:
    """U20."""
    changed = list(given_)
    score, households = changed[which % len(changed)]
    changed[which % len(changed)] = (max(score, other), households)
    before, after = (company_mean(of_estates(*each), "BY_HOUSEHOLDS") for each in (given_, changed))
    assert before <= after


def test_the_uplift_multiplies() -> None:
    """E24, U15: 10 000 yuan become 11 000; half a fen is rounded up."""
    assert uplifted(1_000_000, SUBSIDY) == 1_100_000
    assert uplifted(5, SUBSIDY) == 6


@pytest.mark.parametrize(("score", "raised"), [("85", "90"), ("97", "100"), ("95", "100")])
def test_the_bonus_is_capped(score: str, raised: str) -> None:
    """E25: 85.0 becomes 90.0, 97.0 becomes 100.0."""
    assert with_bonus(Decimal(score), SUBSIDY) == Decimal(raised)


@pytest.mark.parametrize(
    ("given_", "earned"),
    [([], False), ([("90", 10)], True), ([("89.99", 10)], False),
     ([("95", 1), ("80", 10)], False), ([("95", 10), ("80", 1)], True),
     ([("99.98", 10), ("80.00", 10)], False), ([("99.99", 10), ("80.00", 10)], True)],
)  # fmt: skip
def test_the_company_earns_the_bonus(given_: list[tuple[str, int]], earned: bool) -> None:
    """E25, U19: by its estates together, rounded and then judged: 89.995 is 90.00."""
    assert earns_bonus(of_estates(*given_), BOOK) is earned


@given(scores, scores)
def test_a_bonus_keeps_order_and_cap(one: Decimal, other: Decimal) -> None:
    """E25."""
    low, high = sorted((one, other))
    assert low <= with_bonus(low, SUBSIDY) <= with_bonus(high, SUBSIDY) <= SUBSIDY.bonus_cap


LIFECYCLES: list[tuple[Mapping[Any, Mapping[Any, Any]], Any, type[Exception]]] = [
    (grades.TRANSITIONS, grades.advance, grades.GradeNotInState),
    (consequences.TRANSITIONS, consequences.advance, consequences.ConsequenceNotInState),
    (standing.TRANSITIONS, standing.advance, standing.EntryStandingForbids),
]


@pytest.mark.parametrize(("table", "advance", "refusal"), LIFECYCLES)
def test_every_row_of_the_tables(
    table: Mapping[StrEnum, Mapping[StrEnum, StrEnum]], advance: Any, refusal: type[Exception]
) -> None:
    """E19, E28: what the table does not say is refused."""
    actions = {action for row in table.values() for action in row}
    for state, row in table.items():
        for action in actions:
            if action in row:
                assert advance(state, action) is row[action]
            else:
                with pytest.raises(refusal):
                    advance(state, action)


STANDINGS = st.sampled_from(standing.Standing)


@given(STANDINGS, st.lists(STANDINGS, max_size=3))
def test_an_entry_stands_no_better_than_what_it_rests_on(
    own: standing.Standing, parts: list[standing.Standing]
) -> None:
    """E28: a composite falls with a part, waits with a part, and else is what it is."""
    found = standing.resting(own, parts)
    every = {own, *parts}
    assert (found in standing.COUNTS) == (every <= standing.COUNTS)
    assert (found is standing.Standing.REVOKED) == (standing.Standing.REVOKED in every)
    if every <= standing.COUNTS:
        assert found is own


@given(st.lists(st.sampled_from(grades.GradeAction), max_size=6))
def test_d_is_never_decided_by_one_confirmation(actions: list[grades.GradeAction]) -> None:
    """E19."""
    state, confirmed = grades.first_state("D", CREDIT), 0
    for action in actions:
        try:
            state = grades.advance(state, action)
        except grades.GradeNotInState:
            continue
        confirmed += action is grades.GradeAction.CONFIRM
    assert state is not grades.GradeState.DECIDED or confirmed == 2


def halves(**given_: str) -> dict[str, Decimal]:
    """`H2026_1="55"` is 55 for 2026-H1."""
    return {f"{name[1:5]}-H{name[-1]}": Decimal(score) for name, score in given_.items()}


def test_the_score_of_a_year_is_the_mean_of_what_was_published() -> None:
    """U14: exact, rounded once."""
    both = halves(H2026_1="59.99", H2026_2="60.00")
    assert year_score(both, 2026, BOOK.scores) == Decimal("60.00")
    assert year_score(halves(H2026_2="41"), 2026, BOOK.scores) == Decimal("41.00")
    assert year_score(both, 2025, BOOK.scores) is None


@pytest.mark.parametrize(
    ("scores_", "poor"),
    [
        (halves(H2026_1="55", H2026_2="50", H2027_1="58", H2027_2="59"), True),
        (halves(H2026_1="55", H2026_2="50", H2027_1="58", H2027_2="64"), False),
        (halves(H2026_1="70", H2026_2="45", H2027_1="65", H2027_2="50"), True),
        (halves(H2026_1="55", H2026_2="50", H2027_1="40"), False),
        (halves(H2027_1="40", H2027_2="40"), False),
        (halves(H2025_1="40", H2025_2="40", H2027_1="40", H2027_2="40"), False),
    ],
)
def test_two_poor_years_in_a_row(scores_: dict[str, Decimal], poor: bool) -> None:
    """E27, U14: 2026 and 2027 poor; by means; not before the second half of 2027 is public."""
    row = poor_row(scores_, 2027, BOOK.evaluation, BOOK.scores)
    assert (row is not None) == poor
    assert row is None or [each.year for each in row] == [2026, 2027]


def test_days_and_quarters_in_beijing() -> None:
    """E11, E28: a deadline at 24:00 belongs to its day; a 29 February has a day after."""
    moment = datetime.fromisoformat
    assert half_year_of_deadline(moment("2026-07-01T00:00:00+08:00")) == "2026-H1"
    assert half_year_of_deadline(moment("2026-07-01T00:00:01+08:00")) == "2026-H2"
    assert half_year_of_deadline(moment("2026-12-31T16:00:01+00:00")) == "2027-H1"
    quarters = quarters_before(moment("2026-03-02T09:00:00+08:00"), 4)
    assert quarters == ["2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1"]
    assert expiry_of(moment("2028-02-29T09:00:00+08:00"), 3) == moment("2031-03-01T09:00:00+08:00")


def test_the_place_that_holds_all_estates() -> None:
    """E19: who decides answers for all of them."""
    assert grades.common_place(["421281002001", "421281002001"]) == "421281002001"
    assert grades.common_place(["421281002001", "421221003001"]) == "4212"
