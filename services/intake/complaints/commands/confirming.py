"""T31, T32: the reporter answers the feedback; survey and routing draw the consequences."""

from __future__ import annotations

from datetime import datetime

from services.intake.complaints.deed import Deed, record, tell
from services.intake.complaints.domain.answering import Answer, open_question
from services.intake.complaints.domain.privacy import public_state
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.queries import asked
from services.intake.complaints.tables import Complaint, Confirmation
from shared.contracts.intake import FeedbackConfirmed


async def confirm(deed: Deed, complaint: Complaint, answer: Answer) -> Confirmation:
    """Raises one of the conflicts of `answering`."""
    books = deed.runtime.rulebooks
    feedback_at = open_question(await asked(deed.session, books, complaint), deed.at)
    confirmation = _confirmation(deed, complaint, answer, feedback_at)
    deed.session.add(confirmation)
    complaint.version += 1
    record(deed, complaint, "complaint.confirmed")
    reopening = deed.rulebook.reopening
    confirmed = FeedbackConfirmed(
        complaint=public_state(complaint),
        solved=answer.solved,
        level=answer.level,
        asks_to_reopen=reopening.is_asked(answer.solved, [answer.level], answer.reason),
        feedback_at=feedback_at,
    )
    line = Line("您已评价", f"您对办理结果的评价为{answer.level}分（满分5分）。")
    await tell(deed, complaint, confirmed, line)
    return confirmation


def _confirmation(
    deed: Deed, complaint: Complaint, answer: Answer, feedback_at: datetime
) -> Confirmation:
    reason = answer.reason and deed.runtime.cipher.encrypt(
        answer.reason, table="confirmation", row_id=complaint.id, column="reason"
    )
    return Confirmation(
        complaint_id=complaint.id,
        feedback_at=feedback_at,
        solved=answer.solved,
        level=answer.level,
        reason=reason,
        answered_at=deed.at,
    )
