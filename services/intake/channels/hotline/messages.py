"""The body of a reply (X44): what the hotline is told, under its own number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, PlainSerializer

from services.intake.channels.domain.replies import KIND_NAMES, ReplyKind
from services.intake.complaints.tables import Complaint
from shared.clock import BEIJING
from shared.contracts.routing import CaseState
from shared.contracts.vocabulary import Grade, RefusalReason, ResultCode
from shared.rulebook import Rulebook


def _in_beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat()


Moment = Annotated[datetime, PlainSerializer(_in_beijing)]


class ReplyMessage(BaseModel):
    """`reply` are the words for the citizen; what does not apply is left out."""

    type: Literal["order.reply"] = "order.reply"
    order_number: str
    complaint_number: str
    kind: ReplyKind
    kind_name: str
    at: Moment
    reply: str | None = None
    result_code: ResultCode | None = None
    result_name: str | None = None
    refusal_reason: RefusalReason | None = None
    case_number: str | None = None
    category: str | None = None
    category_name: str | None = None
    grade: Grade | None = None
    handler: str | None = None
    submitted_at: Moment
    accepted_at: Moment | None = None
    dispatched_at: Moment | None = None
    feedback_at: Moment | None = None
    closed_at: Moment | None = None

    def about(self, case: CaseState, rulebook: Rulebook) -> ReplyMessage:
        """With what became of it in the case."""
        names = {result.code: result.chinese for result in rulebook.closing.result_codes}
        code = case.result_code
        return self.model_copy(
            update={
                "result_code": code,
                "result_name": names.get(code) if code else None,
                "case_number": case.number,
                "category": case.category,
                "category_name": case.category_name,
                "grade": case.grade,
                "handler": case.handler.display_name if case.handler else None,
                "accepted_at": case.accepted_at,
                "dispatched_at": case.first_dispatch_at,
                "feedback_at": case.feedback_at,
                "closed_at": case.closed_at,
            }
        )


def message(
    complaint: Complaint,
    kind: ReplyKind,
    at: datetime,
    *,
    reply: str | None = None,
    reason: RefusalReason | None = None,
) -> ReplyMessage:
    assert complaint.external_number is not None, "an order has its number"
    return ReplyMessage(
        order_number=complaint.external_number,
        complaint_number=complaint.number,
        kind=kind,
        kind_name=KIND_NAMES[kind],
        at=at,
        reply=reply,
        refusal_reason=reason,
        submitted_at=complaint.submitted_at,
    )
