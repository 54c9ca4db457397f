"""Deadline arithmetic: every vector of facts 2.8 and lifecycle 3.4, 3.8, 3.11, and properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.counting import (
    Counting,
    Deadline,
    Length,
    civil_days_end,
    deadline,
    due_after_lowering,
    due_after_raise,
    end_of_day,
    extended,
    hours_after,
    net_time,
    paused_time,
    statutory_days_end,
    warning_times,
    working_days_end,
)

CALENDAR = WorkingCalendar()
SEVEN_DAYS = Length(7, Counting.CIVIL_DAYS)
ONE_DAY_IN_HOURS = Length(24, Counting.HOURS)
DISPATCHED = datetime(2026, 3, 2, 10, tzinfo=BEIJING)

moments = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    max_value=datetime(2026, 11, 1),  # noqa: DTZ001
    timezones=st.just(BEIJING),
)
lengths = st.builds(Length, st.integers(1, 40), st.sampled_from(Counting))


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        (at(2, 11, 10), date(2026, 2, 18)),
        (at(3, 2, 10), date(2026, 3, 9)),
        (at(4, 28, 9), date(2026, 5, 5)),
        (at(8, 20, 10, 40), date(2026, 8, 27)),
        (at(4, 30, 15, 20), date(2026, 5, 7)),
    ],
    ids=["facts 2.8", "B06", "B10 inside the holiday", "W2", "W3"],
)
def test_seven_civil_days_never_roll(start: datetime, last_day: date) -> None:
    assert civil_days_end(start, 7) == end_of_day(last_day)


@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        (at(2, 11, 10), 7, date(2026, 2, 24)),
        (at(1, 15), 30, date(2026, 2, 14)),
        (at(1, 17), 30, date(2026, 2, 24)),
        (at(5, 20), 30, date(2026, 6, 22)),
        (at(8, 21), 30, date(2026, 9, 20)),
        (at(9, 1), 30, date(2026, 10, 8)),
    ],
    ids=["7 days rolled", "worked Saturday", "spring", "dragon boat", "W2 Sunday", "X26"],
)
def test_statutory_days_roll_over_rest_days(start: datetime, days: int, last_day: date) -> None:
    """CK-09: a last day that is a rest day moves to the next working day."""
    assert statutory_days_end(start, days, CALENDAR) == end_of_day(last_day)


@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        (at(2, 12, 9), 3, date(2026, 2, 24)),
        (at(4, 29, 9), 5, date(2026, 5, 9)),
        (at(9, 30, 9), 3, date(2026, 10, 10)),
        (at(4, 30, 15), 3, date(2026, 5, 8)),
        (at(2, 12, 9), 1, date(2026, 2, 13)),
    ],
    ids=["spring", "labour day", "national day", "W3", "B17 CK-18"],
)
def test_working_days(start: datetime, days: int, last_day: date) -> None:
    assert working_days_end(start, days, CALENDAR) == end_of_day(last_day)


def test_hours_are_exact_and_their_end_is_on_time() -> None:
    """B04, ground rule 0.2.2: accepted 09:00, 10:00:00 is on time and 10:00:01 is late."""
    due = deadline(at(3, 2, 9), Length(1, Counting.HOURS), CALENDAR)
    assert due.at == at(3, 2, 10)
    assert due.met_by(at(3, 2, 10))
    assert not due.missed_by(at(3, 2, 10))
    assert due.missed_by(at(3, 2, 10, 0, 1))


def test_mediation_start_after_24_hours() -> None:
    """B05, CK-03: dispatched 03-02 10:00, due 03-03 10:00, 09:59 meets it."""
    due = deadline(DISPATCHED, ONE_DAY_IN_HOURS, CALENDAR)
    assert due.at == at(3, 3, 10)
    assert due.met_by(at(3, 3, 9, 59))


def test_a_civil_day_ends_at_24_00_inclusive() -> None:
    """B06: 23:59:59 is on time, and so is 24:00 itself; the first second after is not."""
    due = deadline(DISPATCHED, SEVEN_DAYS, CALENDAR)
    assert due.met_by(at(3, 9, 23, 59, 59))
    assert due.met_by(at(3, 10))
    assert due.missed_by(at(3, 10, 0, 0, 1))


def test_the_start_day_is_the_day_in_beijing() -> None:
    """17:00 UTC on 03-01 is already 03-02 in Beijing."""
    in_utc = datetime(2026, 3, 1, 17, tzinfo=UTC)
    assert civil_days_end(in_utc, 7) == end_of_day(date(2026, 3, 9))


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        hours_after(datetime(2026, 3, 2, 10), 1)  # noqa: DTZ001


def test_raising_keeps_the_anchor() -> None:
    """X01: SMALL regraded MEDIUM at 20:00 is due seven days after the first dispatch."""
    assert due_after_raise(DISPATCHED, SEVEN_DAYS, CALENDAR).at == end_of_day(date(2026, 3, 9))


def test_lowering_takes_the_earlier_of_both() -> None:
    """Lifecycle 3.4, MEDIUM to SMALL: min(current due, regrade + 24 h)."""
    current = deadline(DISPATCHED, SEVEN_DAYS, CALENDAR)
    early = due_after_lowering(current, at(3, 4, 8), ONE_DAY_IN_HOURS, CALENDAR)
    late = due_after_lowering(current, at(3, 9, 20), ONE_DAY_IN_HOURS, CALENDAR)
    assert early.at == at(3, 5, 8)
    assert late == current


def test_a_pause_moves_the_due_by_exactly_its_length() -> None:
    """X06: paused 03-04 10:00 to 03-05 16:00 (30 h), due 03-09 24:00 becomes 03-11 06:00."""
    due = deadline(DISPATCHED, SEVEN_DAYS, CALENDAR).paused(at(3, 4, 10), at(3, 5, 16))
    assert due.at == at(3, 11, 6)


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="pause"):
        paused_time(at(3, 5), at(3, 4))


def test_an_extension_is_added_to_the_due() -> None:
    """X05, T29: MEDIUM due 03-09 24:00, extended by seven days, is due 03-16 24:00."""
    current = deadline(DISPATCHED, SEVEN_DAYS, CALENDAR)
    assert extended(current, SEVEN_DAYS).at == end_of_day(date(2026, 3, 16))
    assert extended(current, ONE_DAY_IN_HOURS).at == end_of_day(date(2026, 3, 10))
    with pytest.raises(ValueError, match="extension"):
        extended(current, Length(3, Counting.WORKING_DAYS))


def test_gross_and_net_time() -> None:
    """Lifecycle 3.3, invariant 4: net is gross without the suspended time."""
    pauses = [(at(3, 4, 10), at(3, 5, 16)), (at(3, 6, 9), at(3, 6, 10))]
    assert net_time(DISPATCHED, at(3, 9, 10), pauses) == timedelta(days=7, hours=-31)


def test_warnings_lie_at_half_and_four_fifths() -> None:
    """N14: 24 hours warn after 12 h and after 19 h 12 min."""
    warnings = warning_times(DISPATCHED, at(3, 3, 10), (0.5, 0.8))
    assert warnings == (at(3, 2, 22), at(3, 3, 5, 12))


def test_a_deadline_over_an_unpublished_year_is_provisional() -> None:
    start = datetime(2098, 12, 31, 10, tzinfo=BEIJING)
    working = Length(3, Counting.WORKING_DAYS)
    statutory = Length(30, Counting.STATUTORY_DAYS)
    confirmed = WorkingCalendar(confirmed_years=[2098, 2099])
    assert deadline(start, working, CALENDAR).provisional
    assert deadline(start, statutory, CALENDAR).provisional
    assert not deadline(start, working, confirmed).provisional
    assert not deadline(start, SEVEN_DAYS, CALENDAR).provisional


def test_a_deadline_on_the_last_day_of_a_published_year_is_certain() -> None:
    due = deadline(at(12, 30, 9), Length(1, Counting.WORKING_DAYS), CALENDAR)
    assert due == Deadline(end_of_day(date(2026, 12, 31)))


def test_a_length_is_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        Length(0, Counting.HOURS)


@given(moments, lengths)
def test_a_deadline_lies_after_its_start(start: datetime, length: Length) -> None:
    assert deadline(start, length, CALENDAR).at > start


@given(moments, st.timedeltas(timedelta(), timedelta(days=60)), lengths)
def test_a_later_start_is_never_due_earlier(
    start: datetime, later: timedelta, length: Length
) -> None:
    assert deadline(start, length, CALENDAR).at <= deadline(start + later, length, CALENDAR).at


@given(moments, st.integers(1, 30), st.sampled_from(Counting))
def test_a_longer_length_is_never_due_earlier(
    start: datetime, amount: int, counting: Counting
) -> None:
    shorter = deadline(start, Length(amount, counting), CALENDAR)
    longer = deadline(start, Length(amount + 1, counting), CALENDAR)
    assert shorter.at <= longer.at


@given(moments, st.integers(1, 30))
def test_statutory_days_end_on_a_working_day(start: datetime, days: int) -> None:
    last_day = (statutory_days_end(start, days, CALENDAR) - timedelta(microseconds=1)).date()
    assert CALENDAR.is_working_day(last_day)
    assert statutory_days_end(start, days, CALENDAR) >= civil_days_end(start, days)


@given(moments, lengths, st.timedeltas(timedelta(), timedelta(days=30)))
def test_a_pause_conserves_the_remaining_time(
    start: datetime, length: Length, pause: timedelta
) -> None:
    """X06: what was left when the clock stopped is left when it runs again."""
    before = deadline(start, length, CALENDAR)
    stopped = start + (before.at - start) / 2
    after = before.paused(stopped, stopped + pause)
    assert after.at - (stopped + pause) == before.at - stopped
    assert after.provisional == before.provisional


@given(moments, lengths, st.lists(st.timedeltas(timedelta(), timedelta(days=3)), max_size=4))
def test_pauses_add_up_in_any_order(
    start: datetime, length: Length, pauses: list[timedelta]
) -> None:
    due = deadline(start, length, CALENDAR)
    forwards = backwards = due
    for pause in pauses:
        forwards = forwards.paused(start, start + pause)
    for pause in reversed(pauses):
        backwards = backwards.paused(start, start + pause)
    assert forwards == backwards
    assert forwards.at == due.at + sum(pauses, timedelta())
