"""T06: a complaint that waited becomes a case, by a person or because nothing is missing now."""

from __future__ import annotations

from services.routing.acceptance.domain.lifecycle import PendingAction, advance
from services.routing.acceptance.recording import decide, submission_of
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.commands.accept import open_case
from services.routing.occasion import Occasion
from shared import clocks
from shared.rulebook import ClockKind


async def accept(on: Occasion, pending: PendingComplaint) -> None:
    """CK-00 is met, CK-01 begins now. Raises DecisionNotPossible."""
    advance(pending.status, PendingAction.ACCEPT)
    submission = submission_of(on, pending)
    assert submission is not None, "what is open has its narrative"
    decide(on, pending, PendingAction.ACCEPT)
    await clocks.meet(on.session, pending.complaint_id, ClockKind.ACCEPT, at=on.now)
    await clocks.stop(on.session, pending.complaint_id, ClockKind.SUPPLEMENT, at=on.now)
    await open_case(on, submission)
