"""The two clocks of a visit: CK-12 the owner's own, CK-14 that of whoever calls."""

from __future__ import annotations

from datetime import datetime

from services.survey.deed import Deed
from services.survey.visits.tables import Visit
from shared import clocks
from shared.calendars import WorkingCalendar
from shared.counting import deadline
from shared.rulebook import ClockKind


async def start_clock(deed: Deed, visit: Visit, kind: ClockKind, started_at: datetime) -> datetime:
    """Returns the last instant on time."""
    rule = deed.runtime.rulebooks.named(visit.rulebook).clock(kind)
    due_at = deadline(started_at, rule.length, WorkingCalendar()).at
    await clocks.start(
        deed.session, clocks.Start(visit.id, kind, started_at, due_at, rule.warnings)
    )
    return due_at


async def meet_clocks(deed: Deed, visit: Visit) -> None:
    """The owner answered."""
    kinds = (ClockKind.OWNER_CONFIRMATION, ClockKind.RETURN_VISIT)
    await clocks.meet(deed.session, visit.id, *kinds, at=deed.at)


async def stop_clocks(deed: Deed, visit: Visit) -> None:
    """Nobody waits any more."""
    kinds = (ClockKind.OWNER_CONFIRMATION, ClockKind.RETURN_VISIT)
    await clocks.stop(deed.session, visit.id, *kinds, at=deed.at)
