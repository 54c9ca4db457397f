"""CK-00 warns and runs out, CK-13 runs out: the centre is told; what was not supplied is done
without (T04).
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.acceptance.commands.decide_again import decide_again
from services.routing.acceptance.commands.refuse import expire
from services.routing.acceptance.domain.lifecycle import PendingAction, PendingStatus
from services.routing.acceptance.domain.reasons import is_handleable
from services.routing.acceptance.queries import desk_of, unless_busy
from services.routing.acceptance.recording import move
from services.routing.acceptance.tables import PendingComplaint
from services.routing.occasion import Occasion
from shared import clocks
from shared.clocks import LookAgain, Tick
from shared.contracts.routing import AcceptanceDueSoon, AcceptanceOverdue, PendingState
from shared.identity import SYSTEM
from shared.rulebook import ClockKind
from shared.runtime import Runtime


async def on_tick(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """As with cases, the complaint is locked before its clocks; a busy one is left for later.

    Raises LookAgain.
    """
    if not tick.breached and tick.clock.kind != ClockKind.ACCEPT:
        return
    pending = await unless_busy(session, tick.clock.subject_id)
    if pending is None:
        raise LookAgain
    on = Occasion(runtime, session, SYSTEM, runtime.clock.now(), tick.at)
    if tick.clock.kind == ClockKind.ACCEPT and pending.status is PendingStatus.WAITING:
        await (_alert if tick.breached else _remind)(on, pending, tick)
    if tick.clock.kind == ClockKind.SUPPLEMENT and pending.status is PendingStatus.INFO_REQUESTED:
        await _do_without(on, pending)


async def _alert(on: Occasion, pending: PendingComplaint, tick: Tick) -> None:
    """Recorded at the due time, however late it is noticed (X38)."""
    pending.overdue = True
    pending.version += 1
    on.audit("complaint.acceptance_overdue", "complaint", pending.complaint_id, {})
    on.publish(AcceptanceOverdue(pending=await _state(on, pending), due_at=tick.at))


async def _remind(on: Occasion, pending: PendingComplaint, tick: Tick) -> None:
    """3.6: the desk that has to decide is reminded."""
    pending.version += 1
    state = await _state(on, pending)
    on.publish(AcceptanceDueSoon(pending=state, share=tick.share, due_at=tick.clock.due_at))


async def _state(on: Occasion, pending: PendingComplaint) -> PendingState:
    return PendingState(
        id=pending.complaint_id,
        version=pending.version,
        number=pending.number,
        division=pending.division,
        estate_id=pending.estate_id,
        grid_code=pending.grid_code,
        desk_id=await desk_of(on.session, pending.division),
        submitted_at=pending.submitted_at,
    )


async def _do_without(on: Occasion, pending: PendingComplaint) -> None:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    if not is_handleable(pending.missing, rulebook):
        await expire(on, pending)
        return
    move(on, pending, PendingAction.RESUME)
    await clocks.stop(on.session, pending.complaint_id, ClockKind.SUPPLEMENT, at=on.now)
    await clocks.resume(on.session, pending.complaint_id, ClockKind.ACCEPT, at=on.clocks_from)
    await decide_again(replace(on, ran_out_at=None), pending)
