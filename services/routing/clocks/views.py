"""Why this deadline: the clock's rule beside the clock (GET /cases/{id}/clocks)."""

from __future__ import annotations

from datetime import timedelta

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.clocks.calendar import working_calendar
from services.routing.clocks.domain.deadlines import BY_CALENDAR
from services.routing.clocks.domain.explaining import counting_rule, sources_of
from services.routing.clocks.schemas import ClockOut
from services.routing.occasion import Occasion
from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.clocks import ClockRow, of_subject
from shared.counting import Length
from shared.rulebook import ClockKind, Rulebook


async def clocks_out(on: Occasion, file: CaseFile) -> list[ClockOut]:
    rulebook = rulebook_of(on, file)
    calendar = await working_calendar(on.session)
    clocks = await of_subject(on.session, file.case.id)
    return [_clock(clock, rulebook, calendar) for clock in clocks]


def _clock(clock: ClockRow, rulebook: Rulebook, calendar: WorkingCalendar) -> ClockOut:
    kind = ClockKind(clock.kind)
    rule = rulebook.clock(kind)
    provisional = _provisional(clock, rule.length, calendar)
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
        due_at=clock.due_at,
        provisional=provisional,
        paused_seconds=int(clock.paused_total.total_seconds()),
        state=clock.state,
        met_at=clock.met_at,
        breached_at=clock.breached_at,
    )


def _provisional(clock: ClockRow, length: Length, calendar: WorkingCalendar) -> bool:
    """Whether the due time rests on a year whose holidays nobody has published."""
    if length.counting not in BY_CALENDAR:
        return False
    last_day = clock.due_at.astimezone(BEIJING) - timedelta(days=1)
    first_year = clock.started_at.astimezone(BEIJING).year
    return any(calendar.provisional(year) for year in range(first_year, last_day.year + 1))
