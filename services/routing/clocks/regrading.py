"""T30: the clocks follow a changed grade, and say so in their history (3.4, X01, X02)."""

from __future__ import annotations

from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.cases.history import reopened_at
from services.routing.cases.recording import rulebook_of
from services.routing.clocks.calendar import calendar_for
from services.routing.clocks.commands import start_clocks
from services.routing.clocks.domain.effects import RESOLVE
from services.routing.clocks.domain.history import Happened, of_regrade
from services.routing.clocks.domain.regrading import Regrade, clocks_after
from services.routing.clocks.history import note
from services.routing.limits.queries import pauses_of
from services.routing.occasion import Occasion
from shared import clocks
from shared.clocks import ClockRow
from shared.contracts.vocabulary import Grade
from shared.counting import Deadline
from shared.rulebook import ClockKind


async def follow_regrade(on: Occasion, file: CaseFile, old: Grade, new: Grade) -> None:
    """Recompute by the new grade; the anchor stays the first dispatch."""
    anchor = file.case.first_dispatch_at
    if anchor is None:
        return
    rulebook = rulebook_of(on, file)
    calendar = await calendar_for(on.session, rulebook.grades[new].clocks, rulebook)
    regrade = await _regrade(on, file, anchor, old, new)
    change = clocks_after(regrade, rulebook, calendar)
    stops = change.stops if old is new else (*change.stops, ClockKind.FAST_FIX)
    await clocks.stop(on.session, file.case.id, *stops, at=on.now)
    await start_clocks(on, file, change.starts)
    await _note(on, file, regrade, {start.kind for start in change.starts})


async def _regrade(
    on: Occasion, file: CaseFile, anchor: datetime, old: Grade, new: Grade
) -> Regrade:
    case_id = file.case.id
    rows = await clocks.of_subject(on.session, case_id)
    return Regrade(
        old=old,
        new=new,
        anchor=anchor,
        resolution_anchor=await reopened_at(on.session, case_id) or anchor,
        at=on.clocks_from,
        running={ClockKind(row.kind): Deadline(row.due_at) for row in rows if _runs(row)},
        settled=frozenset(ClockKind(row.kind) for row in rows if _is_settled(row)),
        pauses=tuple(await pauses_of(on.session, case_id)),
    )


async def _note(on: Occasion, file: CaseFile, regrade: Regrade, kinds: set[ClockKind]) -> None:
    """On each clock that began by it; that of the result says what it took over from."""
    for row in await clocks.of_subject(on.session, file.case.id):
        if row.kind not in kinds or not _runs(row):
            continue
        took_over = regrade.current if row.kind in RESOLVE else None
        note(
            on,
            row,
            Happened.REGRADED,
            at=regrade.at,
            reason=of_regrade(regrade.old, regrade.new),
            due_before=took_over.at if took_over else row.due_at,
            due_after=row.due_at,
        )


def _runs(row: ClockRow) -> bool:
    return row.state == "RUNNING"


def _is_settled(row: ClockRow) -> bool:
    return row.met_at is not None or row.breached_at is not None
