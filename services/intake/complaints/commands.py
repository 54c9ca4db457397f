"""What happens to a complaint after it was filed: accepted, joined, refused, answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.complaints.domain.answering import Answer, open_question
from services.intake.complaints.domain.lifecycle import Action, advance
from services.intake.complaints.domain.privacy import author, public_state
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.queries import asked
from services.intake.complaints.tables import Complaint, Confirmation
from services.intake.complaints.timeline import write_line
from shared import audit
from shared.contracts.intake import ComplaintAccepted, ComplaintConfirmed, ComplaintNotAccepted
from shared.contracts.routing import CaseState, RefusedComplaint
from shared.contracts.vocabulary import ComplaintStatus
from shared.identity import SYSTEM, Actor
from shared.messaging import publish
from shared.privacy import FieldCipher
from shared.runtime import Runtime

MOVES = {Action.JOIN: "complaint.merged", Action.SEPARATE: "complaint.unmerged"}


def accept(session: AsyncSession, complaint: Complaint, case: CaseState, *, at: datetime) -> None:
    """T06, or T07 when the case is another's: from here on the case leads."""
    leads = case.complaint_ids[0] == complaint.id
    _change(complaint, Action.ACCEPT if leads else Action.JOIN)
    complaint.accepted_at = max(case.accepted_at, complaint.submitted_at)
    _put_into(complaint, case, at)
    _record(session, complaint, "complaint.accepted", SYSTEM, at)
    accepted = ComplaintAccepted(
        complaint=public_state(complaint),
        category=case.category,
        category_name=case.category_name,
    )
    publish(session, accepted, actor=SYSTEM, at=at)


def move(
    session: AsyncSession, complaint: Complaint, case: CaseState, action: Action, *, at: datetime
) -> None:
    """T07, X10: the complaint goes on in another case, with its receipt, feedback and rating."""
    _change(complaint, action)
    _put_into(complaint, case, at)
    _record(session, complaint, MOVES[action], SYSTEM, at)


async def refuse(
    session: AsyncSession, complaint: Complaint, refused: RefusedComplaint, *, at: datetime
) -> None:
    """T05: told with the reason and the right place to turn to (B02)."""
    _change(complaint, Action.REFUSE)
    complaint.refusal_reason, complaint.refusal_hint = refused.reason, refused.hint
    _record(session, complaint, "complaint.not_accepted", SYSTEM, at)
    refusal = ComplaintNotAccepted(
        complaint=public_state(complaint), reason=refused.reason, hint=refused.hint
    )
    fact = publish(session, refusal, actor=SYSTEM, at=at)
    line = Line("不予受理", f"您的诉求未予受理。{refused.hint}")
    await write_line(
        session,
        complaint.id,
        line,
        fact=fact,
        kind=ComplaintNotAccepted.name,
        at=at,
        position=complaint.version,
    )


async def confirm(
    session: AsyncSession,
    runtime: Runtime,
    complaint: Complaint,
    answer: Answer,
    *,
    actor: Actor,
    at: datetime,
) -> Confirmation:
    """T31, T32: the reporter's word on the feedback; survey and routing draw the consequences."""
    books = runtime.rulebooks
    feedback_at = open_question(await asked(session, books, complaint), at)
    reopening = books.in_force_at(at).reopening
    confirmation = _confirmation(runtime.cipher, complaint, answer, feedback_at, at)
    session.add(confirmation)
    complaint.version += 1
    _record(session, complaint, "complaint.confirmed", actor, at)
    confirmed = ComplaintConfirmed(
        complaint=public_state(complaint),
        solved=answer.solved,
        level=answer.level,
        asks_to_reopen=reopening.is_asked(answer.solved, [answer.level], answer.reason),
    )
    fact = publish(session, confirmed, actor=actor, at=at)
    await write_line(
        session,
        complaint.id,
        Line("您已评价", f"您对办理结果的评价为{answer.level}分（满分5分）。"),
        fact=fact,
        kind=ComplaintConfirmed.name,
        at=at,
        position=complaint.version,
    )
    return confirmation


def _put_into(complaint: Complaint, case: CaseState, at: datetime) -> None:
    complaint.case_id, complaint.case_number = case.id, case.number
    complaint.placed_at = at


def _change(complaint: Complaint, action: Action) -> None:
    complaint.state = advance(ComplaintStatus(complaint.state), action)
    complaint.version += 1


def _confirmation(
    cipher: FieldCipher, complaint: Complaint, answer: Answer, feedback_at: datetime, at: datetime
) -> Confirmation:
    reason = answer.reason and cipher.encrypt(
        answer.reason, table="confirmation", row_id=complaint.id, column="reason"
    )
    return Confirmation(
        complaint_id=complaint.id,
        feedback_at=feedback_at,
        solved=answer.solved,
        level=answer.level,
        reason=reason,
        answered_at=at,
    )


def _record(
    session: AsyncSession, complaint: Complaint, action: str, actor: Actor, at: datetime
) -> None:
    audit.append(
        session,
        actor=author(actor, anonymous=complaint.anonymous),
        action=action,
        subject_type="complaint",
        subject_id=complaint.id,
        at=at,
        details={"state": complaint.state, "case_id": complaint.case_id},
    )
