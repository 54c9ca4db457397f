"""Working days: the published calendar of 2026, the operator's table, unknown years (facts 2.8)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from shared.calendars import WorkingCalendar

PUBLISHED = WorkingCalendar()
YEAR_2026 = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]


def test_2026_has_248_working_days() -> None:
    worked = [day for day in YEAR_2026 if PUBLISHED.is_working_day(day)]
    by_month = Counter(day.month for day in worked)
    assert len(worked) == 248
    assert [by_month[month] for month in range(1, 13)] == [
        21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 5)),
        (date(2026, 6, 19), date(2026, 6, 21)),
        (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
        (date(2025, 1, 28), date(2025, 2, 4)),
        (date(2025, 10, 1), date(2025, 10, 8)),
    ],
)
def test_holidays_are_off_and_their_eve_is_not(first: date, last: date) -> None:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert not any(PUBLISHED.is_working_day(day) for day in days)
    assert PUBLISHED.on_or_after(first) > last


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
    ],
)
def test_make_up_days_are_worked_although_at_the_weekend(day: date) -> None:
    assert day.weekday() >= 5
    assert PUBLISHED.is_working_day(day)


def test_an_ordinary_weekend_is_off() -> None:
    assert not PUBLISHED.is_working_day(date(2026, 3, 7))
    assert PUBLISHED.is_working_day(date(2026, 3, 6))


def test_the_operators_table_wins_over_the_published_calendar() -> None:
    storm, extra = date(2026, 7, 8), date(2026, 7, 11)
    edited = WorkingCalendar({storm: False, extra: True})
    assert not edited.is_working_day(storm)
    assert edited.is_working_day(extra)
    assert PUBLISHED.is_working_day(storm)
    assert not PUBLISHED.is_working_day(extra)


def test_an_unknown_year_is_provisional_until_the_operator_confirms_it() -> None:
    unknown = 2099
    assert PUBLISHED.provisional(unknown)
    assert not PUBLISHED.provisional(2026)
    assert not WorkingCalendar(confirmed_years=[unknown]).provisional(unknown)
    assert WorkingCalendar({date(unknown, 1, 1): False}).provisional(unknown)


def test_an_unknown_year_falls_back_to_weekdays_and_the_table() -> None:
    new_year = date(2099, 1, 1)
    assert PUBLISHED.is_working_day(new_year)
    assert not WorkingCalendar({new_year: False}).is_working_day(new_year)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 4, 29), 5, date(2026, 5, 9)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 4, 30), 3, date(2026, 5, 8)),
        (date(2026, 2, 12), 1, date(2026, 2, 13)),
    ],
    ids=["spring", "labour day", "national day", "W3", "B17"],
)
def test_counting_working_days(start: date, days: int, expected: date) -> None:
    assert PUBLISHED.after(start, days) == expected
