"""What routing says becomes of a complaint: accepted, joined, refused, more asked for."""

from __future__ import annotations

from services.intake.complaints.deed import Deed, change, record, tell
from services.intake.complaints.domain.lifecycle import Action
from services.intake.complaints.domain.privacy import public_state
from services.intake.complaints.domain.supplying import missing_items, request_line
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.tables import Complaint
from shared.contracts.intake import ComplaintAccepted, ComplaintInfoRequested, ComplaintNotAccepted
from shared.contracts.routing import CaseState, InformationRequest, RefusedComplaint
from shared.messaging import publish

MOVES = {Action.JOIN: "complaint.merged", Action.SEPARATE: "complaint.unmerged"}


def accept(deed: Deed, complaint: Complaint, case: CaseState) -> None:
    """T06, or T07 when the case is another's: from here on the case leads."""
    leads = case.complaint_ids[0] == complaint.id
    change(complaint, Action.ACCEPT if leads else Action.JOIN)
    complaint.accepted_at = max(case.accepted_at, complaint.submitted_at)
    _put_into(deed, complaint, case)
    record(deed, complaint, "complaint.accepted")
    accepted = ComplaintAccepted(
        complaint=public_state(complaint),
        category=case.category,
        category_name=case.category_name,
    )
    publish(deed.session, accepted, actor=deed.actor, at=deed.at)


def move(deed: Deed, complaint: Complaint, action: Action, case: CaseState) -> None:
    """T07, X10: the complaint goes on in another case, with its receipt, feedback and rating."""
    change(complaint, action)
    _put_into(deed, complaint, case)
    record(deed, complaint, MOVES[action])


async def refuse(
    deed: Deed,
    complaint: Complaint,
    action: Action,
    refused: RefusedComplaint,
    words: str | None = None,
) -> None:
    """T05, T04: told with the reason and the right place to turn to (B02)."""
    change(complaint, action)
    complaint.refusal_reason, complaint.refusal_hint = refused.reason, refused.hint
    record(deed, complaint, "complaint.not_accepted")
    refusal = ComplaintNotAccepted(
        complaint=public_state(complaint), reason=refused.reason, hint=refused.hint
    )
    line = Line("不予受理", f"您的诉求未予受理。{refused.hint}{'。' + words if words else ''}")
    await tell(deed, complaint, refusal, line)


async def ask(
    deed: Deed, complaint: Complaint, request: InformationRequest, words: str | None
) -> None:
    """T02: the reporter learns what is missing, and until when it can be supplied."""
    change(complaint, Action.ASK)
    complaint.asked_version = request.version
    complaint.missing = missing_items(deed.rulebook, request.missing)
    complaint.supplement_until = request.until
    record(deed, complaint, "complaint.info_requested")
    asked = ComplaintInfoRequested(
        complaint=public_state(complaint), missing=request.missing, until=request.until
    )
    await tell(deed, complaint, asked, request_line(deed.rulebook, request, words))


def _put_into(deed: Deed, complaint: Complaint, case: CaseState) -> None:
    complaint.case_id, complaint.case_number = case.id, case.number
    complaint.placed_at = deed.at
