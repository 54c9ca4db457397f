"""Shares, ranks, changes, small cells and months that are due, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.analysis.domain import lifecycle, measures
from services.survey.analysis.domain.cells import shielded
from services.survey.analysis.domain.hot_spots import HotSpot, hottest
from services.survey.analysis.domain.lifecycle import (
    AnalysisAction,
    AnalysisConcluded,
    AnalysisStatus,
)
from services.survey.analysis.domain.measures import MeasureAction, MeasureDone, MeasureStatus
from services.survey.analysis.domain.mix import parts_of
from services.survey.analysis.domain.months import months_due
from services.survey.analysis.domain.ranking import ranked
from services.survey.analysis.domain.trends import Change, points_of, up_to
from services.survey.indicators.domain.spans import Period
from tests.survey.test_rules import BOOK, SCORES

COUNTS = st.dictionaries(st.sampled_from(sorted(BOOK.categories)), st.integers(0, 500))
FROM = BOOK.analysis.generated_from


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}+08:00")


def test_c10_the_letters_example() -> None:
    """C10: of 200 disputes 64 about fees are 32.00 %, 56 about repairs 28.00 %."""
    parts = parts_of({"NS01": 80, "EQ01": 56, "PF01": 64})
    shown = [(each.code, each.share.shown(SCORES)) for each in parts]
    assert shown == [("NS01", "40.00"), ("PF01", "32.00"), ("EQ01", "28.00")]


@given(COUNTS)
def test_the_parts_make_the_whole(counts: Mapping[str, int]) -> None:
    parts = parts_of(counts)
    assert sum(each.count for each in parts) == sum(counts.values())
    exact = [each.share.exact for each in parts]
    assert not parts or sum(each or 0 for each in exact) == 100
    assert exact == sorted(exact, key=lambda each: -(each or 0))


def test_d12_equals_share_a_rank() -> None:
    """D12: 95.0, 95.0, 90.0 have ranks 1, 1, 3."""
    found = ranked([Decimal("90.0"), Decimal("95.0"), Decimal("95.0")], lambda x: x, str)
    assert [(each.rank, each.item) for each in found] == [
        (1, Decimal("95.0")),
        (1, Decimal("95.0")),
        (3, Decimal("90.0")),
    ]


@pytest.mark.parametrize(
    ("counts", "at_most", "shown"),
    [
        ((9, 7, 7, 3), 2, ["a", "b", "c"]),
        ((9, 7, 7, 3), 3, ["a", "b", "c"]),
        ((9, 7, 5, 3), 2, ["a", "b"]),
        ((9, 7, 7, 7), 2, ["a", "b", "c", "d"]),
        ((4, 4, 4, 4), 1, []),
        ((9, 4, 4, 4), 1, ["a"]),
    ],
)
def test_c10_equals_at_the_last_rank_are_all_shown_or_none(
    counts: tuple[int, ...], at_most: int, shown: list[str]
) -> None:
    """C10, D12: whose name comes first in the alphabet is no hotter for it."""
    spots = [HotSpot(name, name, count, None) for name, count in zip("abcd", counts, strict=True)]
    assert [each.item.name for each in hottest(spots, at_most)] == shown


@given(st.lists(st.integers(0, 9)))
def test_a_rank_is_one_more_than_how_many_are_larger(sizes: list[int]) -> None:
    for each in ranked(sizes, lambda x: x, lambda x: x):
        assert each.rank == 1 + sum(size > each.item for size in sizes)


def test_a_change_is_of_what_was_before() -> None:
    assert (Change(15, 10).difference, Change(15, 10).percent) == (5, Fraction(50))
    assert Change(5, 10).percent == Fraction(-50)
    assert (Change(5, 0).difference, Change(5, 0).percent) == (5, None)
    assert (Change(5, None).difference, Change(5, None).percent) == (None, None)


def test_nothing_is_compared_with_a_time_before_counting_began() -> None:
    """A first month is no rise from zero."""
    february = Period.named("2026-02")
    periods = up_to(Period.named("2026-03"), 2)
    assert periods == [february, Period.named("2026-03")]
    first, second = points_of(periods, {february: 4, periods[1]: 6}, known_from=february)
    assert (first.count, first.to_previous.before, first.to_year_before.before) == (4, None, None)
    assert (second.to_previous.difference, second.to_year_before.before) == (2, None)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)),
    st.integers(2, 6),
    st.integers(-12, 12),
)
def test_no_small_count_is_shown_nor_follows_from_the_others(
    counts: dict[str, int], at_least: int, more: int
) -> None:
    """Neither a cell nor what is left of the total is a number of one to `at_least` - 1; who is
    counted in two cells is one person in the total.
    """
    total = max(0, sum(counts.values()) + more)
    cells = shielded(total, counts, at_least)
    shown = [count for count in cells.of.values() if count is not None]
    assert all(count >= at_least for count in shown)
    hidden = [key for key, count in cells.of.items() if count is None]
    if cells.total is not None and hidden:
        assert not 0 < cells.total - sum(shown) < at_least
        assert sum(counts[key] for key in hidden) >= at_least or not shown
    assert cells.total is None or cells.total == 0 or cells.total >= at_least


def test_c08_the_march_report_is_due_on_the_first_of_april() -> None:
    """C08: on 2026-04-01, from six o'clock; once made it is not due again."""
    begun = at("2026-02-10T00:00:00")
    march = [Period.named("2026-03")]
    assert months_due("2026-02", begun, at("2026-04-01T05:59:59"), FROM) == []
    assert months_due("2026-02", begun, at("2026-04-01T06:00:00"), FROM) == march
    assert months_due("2026-03", begun, at("2026-04-01T06:00:00"), FROM) == []
    assert months_due(None, begun, at("2026-04-30T23:00:00"), FROM) == march
    assert months_due(None, at("2026-04-01T00:00:00"), at("2026-04-02T00:00:00"), FROM) == []
    assert months_due(None, None, at("2026-04-02T00:00:00"), FROM) == []


def test_c08_what_was_left_out_is_made_later() -> None:
    """Nobody looked for three months: every month has its report, the oldest first."""
    due = months_due("2025-11", at("2025-01-01T00:00:00"), at("2026-03-01T07:00:00"), FROM)
    assert [each.name for each in due] == ["2025-12", "2026-01", "2026-02"]


def test_the_tables_of_states() -> None:
    concluded = lifecycle.advance(AnalysisStatus.GENERATED, AnalysisAction.CONCLUDE)
    assert concluded is AnalysisStatus.CONCLUDED
    with pytest.raises(AnalysisConcluded):
        lifecycle.advance(concluded, AnalysisAction.CONCLUDE)
    done = measures.advance(MeasureStatus.OPEN, MeasureAction.COMPLETE)
    assert done is MeasureStatus.DONE
    with pytest.raises(MeasureDone):
        measures.advance(done, MeasureAction.COMPLETE)
