"""A complaint that triage does not accept: a record, an event, and no clock (T05, B02)."""

from __future__ import annotations

from dataclasses import asdict

from services.routing.cases.submission import Submission
from services.routing.cases.tables import Screening
from services.routing.occasion import Occasion
from shared.contracts.routing import ComplaintRefused, RefusedComplaint
from shared.contracts.vocabulary import RefusalReason
from shared.rulebook import Rulebook
from shared.tracing import traced

REASON = RefusalReason.POLICE  # the only refusal that a rule may decide


def refuse(on: Occasion, submission: Submission) -> Screening:
    """Tell intake why and where to turn to; returns the row that is still to be written."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    complaint_id = submission.complaint.id
    hint = hint_for(rulebook, REASON)
    refused = RefusedComplaint(id=complaint_id, version=1, reason=REASON, hint=hint)
    with traced(submission.trace):
        on.publish(ComplaintRefused(complaint=refused))
        on.audit("complaint.refused", "complaint", complaint_id, {"reason": REASON})
    return Screening(
        complaint_id=complaint_id,
        at=on.now,
        category=submission.proposal.category,
        reason=REASON,
        rulebook=rulebook.version,
        evidence=[asdict(each) for each in submission.proposal.evidence],
    )


def hint_for(rulebook: Rulebook, reason: RefusalReason) -> str:
    """The words of the rulebook: “属于警务类事项，请拨打110”."""
    return {each.code: each.chinese for each in rulebook.intake.not_accepted_reasons}[reason]
