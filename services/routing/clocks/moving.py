"""Clocks that stand still, run on, or get more time; each change is written into their history."""

from __future__ import annotations

from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.clocks.domain.effects import paused_by
from services.routing.clocks.domain.history import Happened
from services.routing.clocks.history import note
from services.routing.occasion import Occasion
from shared import clocks
from shared.clocks import ClockRow
from shared.counting import Deadline, Length, extended
from shared.rulebook import ClockKind, SuspensionReason


async def pause_internal_clocks(on: Occasion, file: CaseFile, reason: SuspensionReason) -> None:
    """T27: what runs and is ours stands still from now on."""
    kinds = paused_by(reason)
    running = [row for row in await _of_case(on, file) if row.state == "RUNNING"]
    await clocks.pause(on.session, file.case.id, *kinds, at=on.now)
    for row in running:
        if row.kind in kinds:
            note(on, row, Happened.PAUSED, at=on.now, reason=reason)


async def resume_clocks(on: Occasion, file: CaseFile) -> None:
    """T28: each is due later by exactly the time it stood still (X06)."""
    at = on.clocks_from
    paused = [row for row in await _of_case(on, file) if row.paused_at is not None]
    await clocks.resume(on.session, file.case.id, *(row.kind for row in paused), at=at)
    dues = {row.id: row.due_at for row in await _of_case(on, file)}
    for row in paused:
        note(on, row, Happened.RESUMED, at=at, due_after=dues[row.id])


async def extend_clock(on: Occasion, clock: ClockRow, length: Length) -> datetime:
    """T29: the length is added to the due time as it is now; returns the new one."""
    due = extended(Deadline(clock.due_at), length).at
    await clocks.set_due(on.session, clock.subject_id, clock.kind, due_at=due, at=on.now)
    note(on, clock, Happened.EXTENDED, at=on.now, due_after=due)
    return due


async def running_clock(on: Occasion, file: CaseFile, kind: ClockKind) -> ClockRow | None:
    rows = await _of_case(on, file)
    return next((row for row in rows if row.kind == kind and row.state == "RUNNING"), None)


async def _of_case(on: Occasion, file: CaseFile) -> list[ClockRow]:
    return await clocks.of_subject(on.session, file.case.id)
