"""Rounding, ranks, and small figures that nobody can have back by subtraction (D11, D12)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.bulletins.domain.content import Figure, Measure
from services.survey.bulletins.domain.figures import figures_of, of_level, of_place
from services.survey.bulletins.domain.ranking import ranks
from tests.survey.bulletins.raw import BOOK, CITY, NAMES, PLENTY, STREETS, Counts, gathered, summed

HANDLED, REPEATED, FEES, ANSWERS = (
    "COMPLAINTS_HANDLED",
    "REPEAT_COMPLAINTS",
    "FEES_COLLECTED",
    "SATISFACTION",
)
FEW = 5
PERCENT = st.decimals(0, 100, places=2)
COUNTS = st.fixed_dictionaries(
    {
        street: st.integers(0, 12).flatmap(
            lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
        )
        for street in STREETS
    }
)


def figure(figures: tuple[Figure, ...], code: str, place: str) -> Figure:
    return next(each for each in figures if (each.code, each.place) == (code, place))


def test_equals_share_a_rank() -> None:
    """D12: 95.0, 95.0, 90.0 are 1, 1, 3; "—" is not ranked."""
    given_ = {"a": Decimal("95.0"), "b": Decimal("95.0"), "c": Decimal("90.0"), "d": None}
    assert ranks(given_, 2) == {"a": 1, "b": 1, "c": 3}
    assert ranks(given_, 2, lowest_first=True) == {"c": 1, "a": 2, "b": 2}
    assert ranks(given_, 3) == {"a": 1, "b": 1, "c": 3}
    assert ranks(given_, 4) == {}


@given(st.dictionaries(st.text(max_size=3), PERCENT | st.none()), st.booleans())
def test_ranks_follow_the_values(values: dict[str, Decimal | None], lowest_first: bool) -> None:
    """D12: the better is before, equals are equal, and as many are before as the rank tells."""
    found = ranks(values, 1, lowest_first=lowest_first)
    assert found.keys() == {place for place, value in values.items() if value is not None}
    for place, rank in found.items():
        value = values[place]
        assert value is not None
        others = [each for each in values.values() if each is not None]
        assert rank == 1 + sum(other < value if lowest_first else other > value for other in others)


def test_all_indicators_of_all_places() -> None:
    """D11: ten figures for every place, with numerator, denominator, period and source."""
    found = figures_of(gathered({HANDLED: PLENTY}), BOOK)
    assert len(found) == 10 * len(NAMES)
    assert [each.code for each in of_place(found, CITY)] == [*BOOK.reports.core_indicators]
    city = figure(found, HANDLED, CITY)
    assert (city.numerator, city.denominator, city.percent) == (560, 600, Decimal("93.33"))
    assert (city.period, city.chinese) == ("2026-Q1", "投诉处理率（办结率）")
    assert city.source
    assert city.rank is None, "the city is ranked among nobody"
    nothing = figure(found, FEES, CITY)
    assert (nothing.numerator, nothing.denominator, nothing.percent) == (0, 0, None)
    assert nothing.measure is Measure.FEN


def test_counties_and_streets_are_ranked_apart() -> None:
    """D12: each among its own level, by what is published."""
    found = figures_of(gathered({HANDLED: PLENTY}), BOOK)
    counties = {each.place: each.rank for each in of_level(found, HANDLED, 6)}
    assert counties == {"421202": 1, "421281": 1, "421221": 3}
    streets = {each.place: each.rank for each in of_level(found, HANDLED, 9)}
    assert streets == {"421202001": 1, "421202002": 1, "421281001": 1, "421221103": 4}


@pytest.mark.parametrize("code", [HANDLED, REPEATED])
def test_one_alone_is_not_ranked(code: str) -> None:
    """D12: only 赤壁市 has cases: neither it nor its street is first."""
    nothing = dict.fromkeys(STREETS, (0, 0))
    found = figures_of(gathered({code: nothing | {"421281001": (95, 100)}}), BOOK)
    alone = figure(found, code, "421281")
    assert (alone.percent, alone.rank) == (Decimal("95.00"), None)
    assert [each for each in found if each.rank is not None] == []
    two = nothing | {"421281001": (95, 100), "421221103": (90, 100)}
    found = figures_of(gathered({code: two}), BOOK)
    assert {each.rank for each in of_level(found, code, 6)} == {1, 2, None}


def test_few_repeated_complaints_are_best() -> None:
    """D12: of 重复投诉率 the lowest is first."""
    found = figures_of(gathered({REPEATED: PLENTY}), BOOK)
    assert figure(found, REPEATED, "421221").rank == 1


def test_79_995_is_rounded_before_it_is_ranked() -> None:
    """D12: what is printed is what is compared."""
    counts = PLENTY | {"421221103": (15999, 20000), "421281001": (800, 1000)}
    found = figures_of(gathered({HANDLED: counts}), BOOK)
    assert figure(found, HANDLED, "421221").percent == Decimal("80.00")
    assert figure(found, HANDLED, "421221").rank == figure(found, HANDLED, "421281").rank


@pytest.mark.parametrize(
    ("code", "streets", "hidden"),
    [
        (HANDLED, PLENTY, set()),
        # four of 鱼岳镇: the next smallest county goes with it, and what lies below
        (
            HANDLED,
            PLENTY | {"421221103": (4, 4)},
            {"421221", "421221103", "421281", "421281001"},
        ),
        # money is no person
        (FEES, PLENTY | {"421221103": (4, 4)}, set()),
        # the city's cases are told, of answers not even those
        (HANDLED, dict.fromkeys(STREETS, (0, 0)) | {"421221103": (3, 3)}, set(NAMES) - {CITY}),
        (ANSWERS, dict.fromkeys(STREETS, (1, 1)), set(NAMES)),
    ],
)
def test_few_are_hidden(code: str, streets: Counts, hidden: set[str]) -> None:
    found = [each for each in figures_of(gathered({code: streets}), BOOK) if each.code == code]
    assert {each.place for each in found if each.hidden} >= hidden
    assert hidden or not any(each.hidden for each in found)
    for each in found:
        if each.hidden:
            assert (each.numerator, each.denominator, each.percent, each.rank) == (None,) * 4


def test_a_county_hides_what_the_city_hides() -> None:
    """Or the two bulletins together would tell what each keeps to itself."""
    streets = PLENTY | {"421221103": (4, 4)}
    for county in ("421202", "421221", "421281"):
        own = figures_of(gathered({HANDLED: streets}, division=county), BOOK)
        all_ = figures_of(gathered({HANDLED: streets}), BOOK)
        hidden = {(each.code, each.place) for each in all_ if each.hidden}
        assert {(e.code, e.place) for e in own if e.hidden} == {
            pair for pair in hidden if pair[1].startswith(county)
        }
        assert all(each.place.startswith(county) for each in own)


@given(COUNTS, st.sampled_from([HANDLED, ANSWERS]))
def test_nothing_small_can_be_computed(streets: Counts, code: str) -> None:
    """Whatever the counts: no part shown is small, and hidden parts of a shown whole are at least
    two that together are not few, or all of them.
    """
    found = {
        each.place: each
        for each in figures_of(gathered({code: streets}), BOOK)
        if each.code == code
    }
    true = summed(streets)
    for place, each in found.items():
        if each.hidden or place == CITY:
            continue
        assert not any(0 < count < FEW for count in true[place])
    for whole, each in found.items():
        digits = {4: 6, 6: 9}.get(len(whole))
        parts = [p for p in found if len(p) == digits and p.startswith(whole)]
        hidden = [place for place in parts if found[place].hidden]
        if not hidden or each.hidden:
            continue
        above, below = (sum(true[place][at] for place in hidden) for at in (0, 1))
        few = below < FEW or 0 < above < FEW
        assert len(hidden) == len(parts) or (len(hidden) > 1 and not few)
