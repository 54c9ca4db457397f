"""What complaints hear. Neither order nor repetition of events makes a difference (X36, X37):

the copy of a case keeps the newest version, a line of the timeline is keyed by its event, and a
complaint is accepted by whichever event of its case comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from structlog import get_logger

from services.intake.complaints.commands.following import accept, ask, move, refuse
from services.intake.complaints.deed import Deed
from services.intake.complaints.domain.lifecycle import Action, allows, refusing
from services.intake.complaints.domain.moving import concerned, is_due, move_of
from services.intake.complaints.domain.wording import line_of
from services.intake.complaints.queries import of_ids
from services.intake.complaints.tables import Complaint, FollowedCase, VisitRating
from services.intake.complaints.timeline import write_line
from services.intake.flags.raising import heed_account
from services.intake.subscriptions import subscriptions
from shared.contracts import heard_by
from shared.contracts.routing import (
    CaseEvent,
    CaseFeedbackGiven,
    CaseInterimFeedback,
    CaseProgressed,
    CaseState,
    ComplaintRefused,
    ComplaintRefusedByDesk,
    InformationRequested,
)
from shared.contracts.survey import VisitAnswered
from shared.contracts.vocabulary import ComplaintStatus
from shared.identity import SYSTEM
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
        await _place(reception, complaint)
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


@subscriptions.on(ComplaintRefused)  # in both versions: one name, one handler
async def refuse_complaint(
    reception: Reception[ComplaintRefused | ComplaintRefusedByDesk],
) -> None:
    """T05, T04."""
    refused = reception.event.complaint
    for complaint in await of_ids(reception.session, [refused.id]):
        supplied = complaint.supplied_at is not None
        action = refusing(ComplaintStatus(complaint.state), refused.reason, supplied=supplied)
        if action is None:
            logger.info("refusal_ignored", complaint_id=str(refused.id), state=complaint.state)
            continue
        await refuse(_deed(reception), complaint, action, refused, _explained(reception))
        await heed_account(_deed(reception), complaint)


@subscriptions.on(InformationRequested)
async def ask_reporter(reception: Reception[InformationRequested]) -> None:
    """T02. A request that is older than one heard of, or comes too late, is not made (X37)."""
    request = reception.event.request
    for complaint in await of_ids(reception.session, [request.id]):
        is_news = complaint.asked_version is None or complaint.asked_version < request.version
        if is_news and allows(ComplaintStatus(complaint.state), Action.ASK):
            await ask(_deed(reception), complaint, request, _asked_in_words(reception))
        else:
            logger.info("request_ignored", complaint_id=str(request.id), state=complaint.state)


@subscriptions.batch(VisitAnswered)
async def remember_ratings(receptions: Sequence[Reception[VisitAnswered]]) -> None:
    """Whoever answered survey is not asked here as well (facts 2.5)."""
    wanted = set(VisitRating.model_fields)
    rows = [each.event.visit.model_dump(mode="json", include=wanted) for each in receptions]
    await keep_newest(receptions[0].session, VisitRating, rows)


def _deed(reception: Reception[Any]) -> Deed:
    """The fact is routing's, and of the moment when routing stated it."""
    return Deed(reception.session, reception.runtime, SYSTEM, reception.envelope.time)


def _explained(reception: Reception[ComplaintRefused | ComplaintRefusedByDesk]) -> str | None:
    event = reception.event
    if isinstance(event, ComplaintRefused):
        return None
    return reception.runtime.sealer.open_(event.words, subject=f"{event.complaint.id}/refusal")


def _asked_in_words(reception: Reception[InformationRequested]) -> str | None:
    event = reception.event
    if event.words is None:
        return None
    return reception.runtime.sealer.open_(event.words, subject=f"{event.request.id}/request")


async def _place(reception: Reception[CaseEvent], complaint: Complaint) -> None:
    """The first event of a case accepts; afterwards routing says when a complaint moves."""
    event, deed, state = reception.event, _deed(reception), ComplaintStatus(complaint.state)
    action = move_of(event)
    if allows(state, Action.ACCEPT):
        accept(deed, complaint, event.case)
        await heed_account(deed, complaint)
    elif action and is_due(action, state, at=deed.at, placed_at=complaint.placed_at):
        move(deed, complaint, action, event.case)


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
            *("overdue", "rulebook", "clocks", "result_code"),
            *("first_dispatch_at", "feedback_at", "closed_at"),
        },
    )
    return state | {"handler": case.handler.display_name if case.handler else None}
