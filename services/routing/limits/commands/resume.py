"""T28: the case returns to its former state; every due time moved by the time paused (X06)."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import is_owner_of
from services.routing.cases.recording import move, tell
from services.routing.clocks.moving import resume_clocks
from services.routing.limits.domain.suspending import refuse_owner_unless_waited_for, resuming
from services.routing.limits.ending import watch_no_more
from services.routing.limits.queries import running_suspension
from services.routing.limits.tables import Suspension
from services.routing.mediation.commands.court_mediation import give_back_if_over
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseResumed
from shared.rulebook import SuspensionReason


async def resume(on: Occasion, file: CaseFile, note: str) -> None:
    """By the assignee, a desk, or the owner who supplies what was waited for.

    Raises NotSuspended or NotWaitingForOwner.
    """
    suspension = await running_suspension(on.session, file.case.id)
    if is_owner_of(on.actor, file.standing):
        refuse_owner_unless_waited_for(SuspensionReason(suspension.reason))
    await _end(on, file, suspension, note)


async def resume_at_the_end(on: Occasion, file: CaseFile, suspension: Suspension) -> None:
    """By the system; noticed late, it still counts from the end date (X38)."""
    await _end(on, file, suspension, None)


async def _end(on: Occasion, file: CaseFile, suspension: Suspension, note: str | None) -> None:
    assert suspension.began_at is not None
    paused = on.clocks_from - suspension.began_at
    seconds = int(paused.total_seconds())
    action = resuming(file.case.suspended_from)
    move(on, file, action, note=note, details={"paused_seconds": seconds})
    file.case.suspended_from = None
    suspension.ended_at, suspension.ended_by_end = on.clocks_from, on.actor.end
    await watch_no_more(on, suspension)
    await resume_clocks(on, file)
    await tell(on, file, CaseResumed, paused_seconds=seconds)
    await give_back_if_over(on, file)
