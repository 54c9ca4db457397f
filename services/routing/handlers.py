"""What routing hears from intake and survey; the directory's own are in directory/handlers.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.accept import accept
from services.routing.cases.commands.answer import take_answer, take_silence
from services.routing.cases.commands.dispute import dispute
from services.routing.cases.queries import holding_complaint, load
from services.routing.hearing import occasion, owner
from services.routing.occasion import Occasion
from services.routing.subscriptions import subscriptions
from shared.contracts.intake import (
    ComplaintConfirmed,
    ComplaintDisputed,
    ComplaintSubmitted,
    FeedbackConfirmed,
)
from shared.contracts.survey import VisitAnswered, VisitUnanswered
from shared.contracts.vocabulary import Solved
from shared.errors import TryLater
from shared.messaging import Reception
from shared.tracing import Trace


class CaseNotYetKnown(TryLater):
    """The complaint of this answer has no case here yet."""

    code = "CASE_NOT_YET_KNOWN"
    chinese = "该诉求尚未立案，稍后重试。"


@subscriptions.batch(ComplaintSubmitted)
async def on_complaint_submitted(
    receptions: Sequence[Reception[ComplaintSubmitted]],
) -> None:
    """T05, T06, T09, T10. The order of the batch does not matter; a complaint counts once."""
    events = [(reception.event, _trace(reception)) for reception in receptions]
    await accept(occasion(receptions[0]), events)


@subscriptions.on(ComplaintConfirmed)  # in both versions: one name, one handler
async def on_complaint_confirmed(reception: Reception[ComplaintConfirmed]) -> None:
    """T31, T32."""
    event = reception.event
    on = occasion(reception, owner(event.complaint.owner_id))
    about = event.feedback_at if isinstance(event, FeedbackConfirmed) else None
    verdict = _verdict(event.solved, reopen=event.asks_to_reopen)
    await take_answer(on, await _file(on, event.complaint.id), verdict, about)


@subscriptions.on(ComplaintDisputed)
async def on_complaint_disputed(reception: Reception[ComplaintDisputed]) -> None:
    """T33."""
    complaint = reception.event.complaint
    on = occasion(reception, owner(complaint.owner_id))
    await dispute(on, await _file(on, complaint.id), reception.event)


@subscriptions.on(VisitAnswered)
async def on_visit_answered(reception: Reception[VisitAnswered]) -> None:
    """T31, T32 through the return visit."""
    visit = reception.event.visit
    if visit.solved is None:
        return
    on = occasion(reception, owner(visit.owner_id))
    verdict = _verdict(visit.solved, reopen=visit.asks_to_reopen)
    await take_answer(on, await _file(on, visit.complaint_id), verdict, visit.opened_at)


@subscriptions.on(VisitUnanswered)
async def on_visit_unanswered(reception: Reception[VisitUnanswered]) -> None:
    """T31: nobody answered; the case is closed and nobody counts as satisfied (X33)."""
    on = occasion(reception)
    visit = reception.event.visit
    await take_silence(on, await _file(on, visit.complaint_id), visit.opened_at)


def _verdict(solved: Solved, *, reopen: bool) -> Solved:
    """Only who asks for more gets it; "not solved" without a reason closes and counts (X34)."""
    if reopen:
        return Solved.NO
    return Solved.PARTLY if solved is Solved.NO else solved


async def _file(on: Occasion, complaint_id: UUID) -> CaseFile:
    file = await load(on.session, holding_complaint(complaint_id))
    if file is None:
        raise CaseNotYetKnown
    return file


def _trace(reception: Reception[Any]) -> Trace:
    envelope = reception.envelope
    return Trace(envelope.correlationid, envelope.id, envelope.traceparent)
