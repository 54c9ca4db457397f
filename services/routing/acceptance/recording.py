"""The last beats of every decision: the state after it, the audit, the event."""

from __future__ import annotations

from typing import Any

from services.routing.acceptance.domain.lifecycle import PendingAction, advance
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.submission import Submission, judged
from services.routing.occasion import Occasion
from shared.contracts.intake import ComplaintState
from shared.contracts.narrative import Narrative
from shared.tracing import current_trace

ROWS = "pending_complaint"


def move(on: Occasion, pending: PendingComplaint, action: PendingAction, **details: Any) -> None:
    """Raises DecisionNotPossible."""
    pending.state = advance(pending.status, action)
    pending.version += 1
    facts = {"version": pending.version, "state": pending.state, **details}
    on.audit(f"complaint.{action.value}", "complaint", pending.complaint_id, facts)


def decide(on: Occasion, pending: PendingComplaint, action: PendingAction, **details: Any) -> None:
    """The words are forgotten here: they are the case's now, or nobody's.

    Raises DecisionNotPossible.
    """
    move(on, pending, action, **details)
    pending.narrative = None
    pending.decided_by, pending.decided_at = on.actor.id, on.now


def narrative_of(on: Occasion, pending: PendingComplaint) -> Narrative | None:
    """None once it was decided."""
    if pending.narrative is None:
        return None
    opened = on.reveal(pending.narrative, ROWS, pending.complaint_id, "narrative")
    return Narrative.model_validate_json(opened)


def keep_narrative(on: Occasion, pending: PendingComplaint, narrative: Narrative) -> None:
    text = narrative.model_dump_json(exclude_none=True)
    pending.narrative = on.conceal(text, ROWS, pending.complaint_id, "narrative")


def submission_of(on: Occasion, pending: PendingComplaint) -> Submission | None:
    """As it would be read if it came in now: the promise to the citizen counts from acceptance."""
    narrative = narrative_of(on, pending)
    if narrative is None:
        return None
    complaint = ComplaintState.model_validate(pending.complaint)
    return judged(on, complaint, narrative, on.now, current_trace())
