"""What routing says of the hotline's orders, and the hotline is owed for it (X44).

A fact that comes twice is owed once (X36); neither does it matter whether the complaint heard of it
first (X37).
"""

from __future__ import annotations

from services.intake.channels.domain.replies import (
    ReplyKind,
    closing_words,
    is_told_of_refusal,
)
from services.intake.channels.hotline.messages import message
from services.intake.channels.hotline.owing import Fact, owe
from services.intake.channels.hotline.queries import orders_among
from services.intake.complaints.domain.moving import concerned
from services.intake.subscriptions import subscriptions
from shared.contracts.routing import (
    CaseClosed,
    CaseEvent,
    CaseFeedbackGiven,
    CaseInterimFeedback,
    CaseTransferred,
    ComplaintRefused,
    ComplaintRefusedByDesk,
)
from shared.contracts.vocabulary import ComplaintStatus
from shared.messaging import Reception
from shared.rulebook import Rulebook

KINDS: dict[type[CaseEvent], ReplyKind] = {
    CaseInterimFeedback: ReplyKind.INTERIM,
    CaseFeedbackGiven: ReplyKind.FEEDBACK,
    CaseClosed: ReplyKind.CLOSED,
    CaseTransferred: ReplyKind.TRANSFERRED,
}


@subscriptions.on(*KINDS)
async def reply_to_hotline(reception: Reception[CaseEvent]) -> None:
    """B06: the result is reported to 12345 as well."""
    event, fact = reception.event, _fact(reception)
    orders = await orders_among(reception.session, concerned(event))
    if not orders:
        return
    rulebook = reception.runtime.rulebooks.named(event.case.rulebook)
    words = _words(reception, rulebook)
    for complaint in orders:
        said = message(complaint, KINDS[type(event)], fact.at, reply=words)
        await owe(
            reception.session, reception.runtime, complaint, fact, said.about(event.case, rulebook)
        )


@subscriptions.on(ComplaintRefused)  # in both versions: one name, one handler
async def tell_hotline_of_refusal(
    reception: Reception[ComplaintRefused | ComplaintRefusedByDesk],
) -> None:
    """T05, B02: why, and where to turn to."""
    refused, fact = reception.event.complaint, _fact(reception)
    for complaint in await orders_among(reception.session, [refused.id]):
        state, supplied = ComplaintStatus(complaint.state), complaint.supplied_at is not None
        if not is_told_of_refusal(state, refused.reason, supplied=supplied):
            continue
        said = message(
            complaint,
            ReplyKind.NOT_ACCEPTED,
            fact.at,
            reply=f"{refused.hint}。{_explained(reception)}",
            reason=refused.reason,
        )
        await owe(reception.session, reception.runtime, complaint, fact, said)


def _fact(
    reception: Reception[CaseEvent] | Reception[ComplaintRefused | ComplaintRefusedByDesk],
) -> Fact:
    return Fact(reception.envelope.id, reception.envelope.time, reception.now)


def _words(reception: Reception[CaseEvent], rulebook: Rulebook) -> str | None:
    """What is said to the citizen: the reply that routing sealed for us, who goes on, or until
    when the matter may be taken up again (N13).
    """
    event = reception.event
    match event:
        case CaseFeedbackGiven(reply=sealed) | CaseInterimFeedback(reply=sealed):
            return reception.runtime.sealer.open_(sealed, subject=f"{event.case.id}/reply")
        case CaseTransferred(receiver=receiver, contact=contact):
            return f"该事项已转交{receiver}办理，联系方式：{contact}。"
        case CaseClosed(case=case) if case.closed_at is not None:
            return closing_words(case.closed_at, rulebook.sla.reopen_window)
    return None


def _explained(reception: Reception[ComplaintRefused | ComplaintRefusedByDesk]) -> str:
    event = reception.event
    if isinstance(event, ComplaintRefused):
        return ""
    return reception.runtime.sealer.open_(event.words, subject=f"{event.complaint.id}/refusal")
