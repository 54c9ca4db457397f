"""What complaints hear. Neither order nor repetition of events makes a difference (X36, X37):

the copy of a case keeps the newest version, a line of the timeline is keyed by its event, and a
complaint is accepted by whichever event of its case comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from structlog import get_logger

from services.intake.complaints.commands import accept, move, refuse
from services.intake.complaints.domain.lifecycle import Action, allows
from services.intake.complaints.domain.moving import concerned, is_due, move_of
from services.intake.complaints.domain.wording import line_of
from services.intake.complaints.queries import of_ids
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.complaints.timeline import write_line
from services.intake.subscriptions import subscriptions
from shared.contracts import heard_by
from shared.contracts.routing import (
    CaseEvent,
    CaseFeedbackGiven,
    CaseInterimFeedback,
    CaseProgressed,
    CaseState,
    ComplaintRefused,
)
from shared.contracts.vocabulary import ComplaintStatus
from shared.messaging import Reception, keep_newest

CASES = [event for event in heard_by("intake") if issubclass(event, CaseEvent)]

logger = get_logger(__name__)


@subscriptions.batch(*CASES)
async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    rows = [_row(reception.event.case) for reception in receptions]
    await keep_newest(receptions[0].session, FollowedCase, rows)


@subscriptions.on(*CASES)
async def follow_case(reception: Reception[CaseEvent]) -> None:
    event, at = reception.event, reception.envelope.time
    line = line_of(event, _opened(reception))
    for complaint in await of_ids(reception.session, concerned(event)):
        _place(reception, complaint)
        if line is None or complaint.case_id != event.case.id:
            continue
        await write_line(
            reception.session,
            complaint.id,
            line,
            fact=reception.envelope.id,
            kind=event.name,
            at=at,
            position=event.case.version,
        )


@subscriptions.on(ComplaintRefused)
async def refuse_complaint(reception: Reception[ComplaintRefused]) -> None:
    refused = reception.event.complaint
    for complaint in await of_ids(reception.session, [refused.id]):
        if allows(ComplaintStatus(complaint.state), Action.REFUSE):
            await refuse(reception.session, complaint, refused, at=reception.envelope.time)
        else:
            logger.info("refusal_ignored", complaint_id=str(refused.id), state=complaint.state)


def _place(reception: Reception[CaseEvent], complaint: Complaint) -> None:
    """The first event of a case accepts; afterwards routing says when a complaint moves."""
    event, at, state = reception.event, reception.envelope.time, ComplaintStatus(complaint.state)
    action = move_of(event)
    if allows(state, Action.ACCEPT):
        accept(reception.session, complaint, event.case, at=at)
    elif action and is_due(action, state, at=at, placed_at=complaint.placed_at):
        move(reception.session, complaint, event.case, action, at=at)


def _opened(reception: Reception[CaseEvent]) -> str | None:
    """The reply or note that routing sealed for us, in the clear."""
    event = reception.event
    match event:
        case CaseFeedbackGiven(reply=sealed) | CaseInterimFeedback(reply=sealed):
            return reception.runtime.sealer.open_(sealed, subject=f"{event.case.id}/reply")
        case CaseProgressed(note=sealed) if sealed is not None:
            return reception.runtime.sealer.open_(sealed, subject=f"{event.case.id}/note")
    return None


def _row(case: CaseState) -> dict[str, Any]:
    state = case.model_dump(
        mode="json",
        include={
            *("id", "version", "number", "state", "category", "category_name", "grade"),
            *("overdue", "rulebook", "clocks", "result_code", "feedback_at", "closed_at"),
        },
    )
    return state | {"handler": case.handler.display_name if case.handler else None}
