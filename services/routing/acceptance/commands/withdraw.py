"""T08 before acceptance: nothing is left to do."""

from __future__ import annotations

from services.routing.acceptance.domain.lifecycle import PendingAction, is_possible
from services.routing.acceptance.recording import decide
from services.routing.acceptance.tables import PendingComplaint
from services.routing.occasion import Occasion
from shared import clocks
from shared.rulebook import ClockKind

CLOCKS = (ClockKind.ACCEPT, ClockKind.SUPPLEMENT)


async def withdraw(on: Occasion, pending: PendingComplaint) -> None:
    """What was decided before stays decided."""
    if not is_possible(pending.status, PendingAction.WITHDRAW):
        return
    decide(on, pending, PendingAction.WITHDRAW)
    await clocks.stop(on.session, pending.complaint_id, *CLOCKS, at=on.now)
