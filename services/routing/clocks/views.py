"""Why this deadline: the clock's rule and its history beside the clock (GET /cases/{id}/clocks)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import TERMINAL
from services.routing.cases.history import timeline
from services.routing.cases.recording import rulebook_of
from services.routing.cases.tables import CaseEntry
from services.routing.clocks.calendar import working_calendar
from services.routing.clocks.domain.deadlines import BY_CALENDAR
from services.routing.clocks.domain.explaining import counting_rule, sources_of
from services.routing.clocks.domain.history import (
    Happened,
    Spent,
    grades_of,
    pauses_in,
    started_by,
    time_spent,
)
from services.routing.clocks.history import history_of
from services.routing.clocks.schemas import (
    ClockOut,
    ClocksOut,
    MovedOut,
    PauseOut,
    RegradedOut,
    StartedBy,
    WarningOut,
)
from services.routing.clocks.tables import ClockEntry
from services.routing.limits.queries import suspensions_of
from services.routing.occasion import Occasion
from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.clocks import ClockRow, of_subject
from shared.counting import Length
from shared.rulebook import ClockKind, Rulebook


@dataclass(frozen=True)
class Known:
    """What a clock is explained by: rules, calendar, the case's timeline, the moment."""

    rulebook: Rulebook
    calendar: WorkingCalendar
    timeline: Sequence[CaseEntry]
    history: Sequence[ClockEntry]
    now: datetime


async def clocks_out(on: Occasion, file: CaseFile) -> ClocksOut:
    case_id = file.case.id
    known = Known(
        rulebook=rulebook_of(on, file),
        calendar=await working_calendar(on.session),
        timeline=await timeline(on.session, case_id),
        history=await history_of(on.session, case_id),
        now=on.now,
    )
    spent = await _spent_on_case(on, file, known)
    return ClocksOut(
        items=[_clock(clock, known) for clock in await of_subject(on.session, case_id)],
        gross_seconds=_seconds(spent.gross),
        net_seconds=_seconds(spent.net),
    )


async def _spent_on_case(on: Occasion, file: CaseFile, known: Known) -> Spent:
    suspended = [
        (each.began_at, each.ended_at)
        for each in await suspensions_of(on.session, file.case.id)
        if each.began_at is not None
    ]
    ended = file.case.status in TERMINAL
    until = file.case.closed_at or (known.timeline[-1].at if ended else known.now)
    return time_spent(file.case.accepted_at, until, suspended)


def _clock(clock: ClockRow, known: Known) -> ClockOut:
    kind, rulebook = ClockKind(clock.kind), known.rulebook
    rule = rulebook.clock(kind)
    provisional = _provisional(clock, rule.length, known.calendar)
    history = [entry for entry in known.history if entry.clock_id == clock.id]
    spent = _spent(clock, known.now)
    return ClockOut(
        code=rule.code,
        kind=kind,
        name=rule.chinese,
        rules=list(sources_of(kind, rulebook)),
        counting=counting_rule(rule.length, provisional=provisional),
        basis=rule.basis,
        starts=rule.starts,
        met_by=rule.met_by,
        started_at=clock.started_at,
        started_by=_started_by(started_by(kind, clock.started_at, known.timeline)),
        due_at=clock.due_at,
        provisional=provisional,
        generation=clock.generation,
        pauses=[PauseOut.model_validate(each, from_attributes=True) for each in pauses_in(history)],
        extensions=[_moved(each) for each in history if each.what == Happened.EXTENDED],
        regrades=[_regraded(each) for each in history if each.what == Happened.REGRADED],
        warnings=[_warning(each) for each in history if each.what == Happened.WARNED],
        paused_seconds=_seconds(spent.gross - spent.net),
        gross_seconds=_seconds(spent.gross),
        net_seconds=_seconds(spent.net),
        state=clock.state,
        met_at=clock.met_at,
        breached_at=clock.breached_at,
        stopped_at=clock.stopped_at,
    )


def _spent(clock: ClockRow, now: datetime) -> Spent:
    """By the clock's own account, which includes what it took over from another."""
    until = clock.met_at or clock.stopped_at or now
    paused = clock.paused_total
    if clock.paused_at is not None:
        paused += until - clock.paused_at
    gross = until - clock.started_at
    return Spent(gross, gross - paused)


def _started_by(entry: CaseEntry | None) -> StartedBy | None:
    if entry is None:
        return None
    return StartedBy(action=entry.action, row=entry.row, at=entry.at, actor_end=entry.actor_end)


def _moved(entry: ClockEntry) -> MovedOut:
    return MovedOut.model_validate(entry, from_attributes=True)


def _regraded(entry: ClockEntry) -> RegradedOut:
    old, new = grades_of(entry.reason or "")
    return RegradedOut(**_moved(entry).model_dump(), from_grade=old, to_grade=new)


def _warning(entry: ClockEntry) -> WarningOut:
    return WarningOut(share=entry.share or 0.0, at=entry.at)


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())


def _provisional(clock: ClockRow, length: Length, calendar: WorkingCalendar) -> bool:
    """Whether the due time rests on a year whose holidays nobody has published."""
    if length.counting not in BY_CALENDAR:
        return False
    last_day = clock.due_at.astimezone(BEIJING) - timedelta(days=1)
    first_year = clock.started_at.astimezone(BEIJING).year
    return any(calendar.provisional(year) for year in range(first_year, last_day.year + 1))
