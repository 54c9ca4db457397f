"""Who is told of talks, rectifications and missing meetings, and by which names (N14, N15, N17)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.copies.tables import EstateCopy, OrganisationCopy
from services.notify.messages.desks import at_desk
from services.notify.messages.domain.case_facts import Facts
from services.notify.messages.domain.recipient import Recipient
from services.notify.messages.domain.words import points
from services.notify.messages.ladder import SEATS
from services.notify.messages.places import At
from services.notify.messages.scores import scores_behind
from services.notify.messages.staffing import at_seat, leaders_or_all, staff_of
from shared.contracts.event import Event
from shared.contracts.routing import (
    LowScoreTalkPrompted,
    LowScoreTalkState,
    MeetingGapState,
    MeetingMissing,
    RectificationDueSoon,
    RectificationEvent,
    RectificationState,
    TalkPrompted,
    TalkPromptState,
)
from shared.contracts.survey import EvaluationState, PoorEvaluationFound
from shared.rulebook import Desk

Talk = RectificationState | TalkPromptState | LowScoreTalkState | EvaluationState


async def of_governance(session: AsyncSession, desk: str, event: Event) -> list[Recipient]:
    """A company does not read who is about to call it; while it has time, nobody else is told."""
    match event:
        case RectificationDueSoon():
            return await _company(session, event.rectification)
        case RectificationEvent():
            return await _of_talk(session, desk, event.rectification)
        case TalkPrompted() | LowScoreTalkPrompted():
            return await _of_talk(session, "STREET", event.prompt)
        case PoorEvaluationFound():
            return await _of_talk(session, "STREET", event.evaluation)
        case MeetingMissing():
            return await _of_meeting(session, desk, event.gap)
    return []


async def names_of(session: AsyncSession, event: Event) -> Facts:
    """The names of organisations and places, as far as they are known here."""
    match event:
        case RectificationEvent():
            scores = await scores_behind(session, event.rectification.id)
            known = {"scores": f"（{points(scores)}）"} if scores else {}
            return {**await _talk_names(session, event.rectification), **known}
        case TalkPrompted() | LowScoreTalkPrompted():
            return await _talk_names(session, event.prompt)
        case PoorEvaluationFound():
            return await _talk_names(session, event.evaluation)
        case MeetingMissing():
            convenor = await session.get(OrganisationCopy, event.gap.convenor_id)
            return {"convenor_name": convenor.display_name} if convenor else {}
    return {}


async def _of_talk(session: AsyncSession, desk: str, talk: Talk) -> list[Recipient]:
    match desk:
        case "COMPANY":
            return await _company(session, talk)
        case "STREET":
            return await at_desk(session, desk, At(talk.division)) or await at_seat(
                session, SEATS[Desk.STREET_CENTRE](talk.division)
            )
        case "HOUSING":
            return await at_seat(session, SEATS[Desk.COUNTY_HOUSING](talk.division))
    return []


async def _company(session: AsyncSession, talk: Talk) -> list[Recipient]:
    place = At(talk.division, estate_id=talk.estate_id)
    return await staff_of(session, talk.company_id, place)


async def _of_meeting(session: AsyncSession, desk: str, gap: MeetingGapState) -> list[Recipient]:
    if desk == "CONVENOR":
        return await leaders_or_all(session, gap.convenor_id)
    return [] if gap.superior_id is None else await staff_of(session, gap.superior_id)


async def _talk_names(session: AsyncSession, talk: Talk) -> Facts:
    company = await session.get(OrganisationCopy, talk.company_id)
    estate = await session.get(EstateCopy, talk.estate_id)
    return {
        **({"company_name": company.display_name} if company else {}),
        **({"place": estate.display_name} if estate else {}),
    }
