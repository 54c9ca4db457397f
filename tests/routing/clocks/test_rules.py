"""The pure rules of clocks: effects, lengths, regrades, explanations; by example and by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.cases.domain.lifecycle import Action
from services.routing.clocks.domain.breaches import marks_overdue
from services.routing.clocks.domain.deadlines import resumed, start_of
from services.routing.clocks.domain.effects import EFFECTS, effect_of
from services.routing.clocks.domain.explaining import counting_rule, sources_of
from services.routing.clocks.domain.regrading import Regrade, clocks_after
from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.contracts.vocabulary import Grade
from shared.counting import Counting, Deadline, Length, civil_days_end
from shared.rulebook import BreachAction, ClockKind, load_shelf
from shared.settings import RULEBOOKS
from tests.routing.drama import at

BOOK = load_shelf(RULEBOOKS).in_force_at(at("2026-03-02 09:00"))
CALENDAR = WorkingCalendar()
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 — hypothesis adds the zone
    max_value=datetime(2026, 11, 1),  # noqa: DTZ001
    timezones=st.just(BEIJING),
)
RESOLVES = {
    Grade.SMALL: ClockKind.SMALL_RESOLVE,
    Grade.MEDIUM: ClockKind.MEDIUM_RESOLVE,
    Grade.MAJOR: ClockKind.MAJOR_RESULT,
}


@pytest.mark.parametrize(
    ("kind", "start", "due"),
    [
        ("DISPATCH", "2026-03-02 09:00:00", "2026-03-02 10:00:00"),
        ("MEDIATION_START", "2026-03-02 10:00", "2026-03-03 10:00"),
        ("SMALL_RESOLVE", "2026-03-02 09:00:06", "2026-03-03 09:00:06"),
        ("FEEDBACK", "2026-03-02 10:00", "2026-03-10 00:00"),
        ("MEDIUM_RESOLVE", "2026-04-28 10:00", "2026-05-06 00:00"),
        ("MAJOR_PLAN", "2026-04-30 15:20", "2026-05-09 00:00"),
        ("CONFIRMATION_APPLICATION", "2026-08-21 16:00", "2026-09-21 00:00"),
        ("CONFIRMATION_APPLICATION", "2026-09-01 10:00", "2026-10-09 00:00"),
    ],
    ids=["B04", "B05", "W1 B09", "B06", "B10", "W3 CK-07", "W2 CK-09", "X26 CK-09"],
)
def test_lengths(kind: str, start: str, due: str) -> None:
    """The letter's own examples; 24:00 is 00:00 of the next day."""
    assert start_of(ClockKind(kind), at(start), BOOK, CALENDAR).due.at == at(due)


def test_reminders_of_the_application_come_on_named_days() -> None:
    """N09: day 7, 20 and 27 of CK-09; other clocks warn at shares of their length."""
    start = start_of(ClockKind.CONFIRMATION_APPLICATION, at("2026-08-21 16:00"), BOOK, CALENDAR)
    length = start.due.at - start.started_at
    days = [round(share * length / timedelta(days=1), 6) for share in start.warnings]
    assert days == [7, 20, 27]
    assert start_of(ClockKind.FEEDBACK, at("2026-03-02 10:00"), BOOK, CALENDAR).warnings == (
        0.5,
        0.8,
    )


@given(MOMENTS, st.sampled_from(ClockKind))
def test_a_clock_is_due_after_its_start_and_warns_in_between(at: datetime, kind: ClockKind) -> None:
    start = start_of(kind, at, BOOK, CALENDAR)
    assert start.due.at > at
    assert all(0 < share < 1 for share in start.warnings)
    assert list(start.warnings) == sorted(start.warnings)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=6)))
def test_a_raise_keeps_the_anchor(anchor: datetime, later: timedelta) -> None:
    """X01: SMALL to MEDIUM at any moment is due 24:00 of the seventh day after first dispatch."""
    change = clocks_after(_regrade(Grade.SMALL, Grade.MEDIUM, anchor, later), BOOK, CALENDAR)
    assert change.stops == (ClockKind.SMALL_RESOLVE,)
    (start,) = change.starts
    assert start.kind is ClockKind.MEDIUM_RESOLVE
    assert start.started_at == anchor
    assert start.due.at == civil_days_end(anchor, 7)


@given(
    MOMENTS,
    st.timedeltas(timedelta(0), timedelta(days=6)),
    st.sampled_from([(Grade.MEDIUM, Grade.SMALL), (Grade.MAJOR, Grade.MEDIUM)]),
)
def test_a_lowering_never_lengthens(
    anchor: datetime, later: timedelta, grades: tuple[Grade, Grade]
) -> None:
    """3.4: due = min(current, regrade + new length)."""
    old, new = grades
    regrade = _regrade(old, new, anchor, later)
    change = clocks_after(regrade, BOOK, CALENDAR)
    start = next(each for each in change.starts if each.kind is RESOLVES[new])
    assert start.due.at <= regrade.running[RESOLVES[old]].at


@given(MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(days=6)))
def test_what_was_left_before_the_review_is_left_after_it(at: datetime, left: timedelta) -> None:
    """T26."""
    start = resumed(ClockKind.MEDIUM_RESOLVE, at, left, BOOK)
    assert start.due.at - at == left


def test_a_raise_to_major_starts_what_was_missing() -> None:
    """3.4: CK-03 and the old resolution stop, CK-05 stays as it is."""
    regrade = _regrade(Grade.MEDIUM, Grade.MAJOR, at("2026-03-02 10:00"), timedelta(days=1))
    change = clocks_after(regrade, BOOK, CALENDAR)
    assert set(change.stops) == {ClockKind.MEDIATION_START, ClockKind.MEDIUM_RESOLVE}
    assert ClockKind.FEEDBACK not in {start.kind for start in change.starts}
    assert {start.kind for start in change.starts} == {
        ClockKind.MAJOR_CONVENE,
        ClockKind.MAJOR_PLAN,
        ClockKind.MAJOR_INTERIM,
        ClockKind.MAJOR_RESULT,
    }


def test_the_mediation_clock_counts_once_from_the_first_dispatch() -> None:
    """CK-03, X01: MAJOR to MEDIUM a day later starts it at the dispatch; once met it stays met."""
    anchor = at("2026-03-02 10:00")
    lowered = _regrade(Grade.MAJOR, Grade.MEDIUM, anchor, timedelta(hours=20))
    starts = {each.kind: each for each in clocks_after(lowered, BOOK, CALENDAR).starts}
    assert starts[ClockKind.MEDIATION_START].due.at == at("2026-03-03 10:00")
    settled = replace(lowered, settled=frozenset({ClockKind.MEDIATION_START}))
    kinds = {each.kind for each in clocks_after(settled, BOOK, CALENDAR).starts}
    assert kinds == {ClockKind.MEDIUM_RESOLVE}


def test_after_a_reopening_the_resolution_counts_from_it() -> None:
    """T32, X02: a reopened small matter upgraded has seven days from the reopening."""
    anchor, reopened = at("2026-03-02 10:00"), at("2026-03-20 09:00")
    regrade = _regrade(Grade.SMALL, Grade.MEDIUM, anchor, timedelta(days=19))
    (start,) = clocks_after(replace(regrade, resolution_anchor=reopened), BOOK, CALENDAR).starts
    assert start.due.at == civil_days_end(reopened, 7)


def test_a_failed_mediation_keeps_only_the_medium_promise() -> None:
    """T20: CK-06 is met; CK-04, CK-07 and CK-08 are stopped, CK-03 goes on."""
    effect = effect_of(Action.FAIL_MEDIATION)
    assert effect.meets == (ClockKind.MEDIUM_RESOLVE,)
    assert {ClockKind.SMALL_RESOLVE, ClockKind.MAJOR_RESULT, ClockKind.FORMAL_MEDIATION} <= set(
        effect.stops
    )
    assert ClockKind.MEDIATION_START not in effect.stops


def test_closing_stops_everything_but_the_window() -> None:
    """Invariant 11."""
    effect = effect_of(Action.CLOSE)
    assert set(effect.stops) | set(effect.starts) == set(ClockKind)
    assert effect.starts == (ClockKind.REOPEN_WINDOW,)


def test_what_an_action_starts_it_does_not_stop() -> None:
    for effect in EFFECTS.values():
        assert not set(effect.starts) & (set(effect.meets) | set(effect.stops))


def test_silence_of_the_owner_is_nobodys_delay() -> None:
    """CK-12, CK-14, CK-15 do not mark the case overdue; CK-05 does."""
    late = {action for action in BreachAction if marks_overdue(action)}
    for kind, expected in (
        (ClockKind.OWNER_CONFIRMATION, False),
        (ClockKind.RETURN_VISIT, False),
        (ClockKind.REOPEN_WINDOW, False),
        (ClockKind.SIGN, False),
        (ClockKind.FEEDBACK, True),
        (ClockKind.DISPATCH, True),
        (ClockKind.MAJOR_CONVENE, True),
    ):
        assert (BOOK.clock(kind).on_breach in late) is expected, kind


def test_the_explanation_says_how_it_is_counted() -> None:
    assert counting_rule(Length(24, Counting.HOURS)).startswith("24小时")
    statutory = counting_rule(Length(30, Counting.STATUTORY_DAYS), provisional=True)
    assert "顺延至下一工作日" in statutory
    assert "暂定" in statutory
    assert "B05" in sources_of(ClockKind.MEDIATION_START, BOOK)


def _regrade(old: Grade, new: Grade, anchor: datetime, later: timedelta) -> Regrade:
    kind = RESOLVES[old]
    running = {kind: Deadline(start_of(kind, anchor, BOOK, CALENDAR).due.at)}
    return Regrade(old, new, anchor, anchor, anchor + later, running)
