"""Who is meant by a row of the rulebook: owners, handlers, parties, as people and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import ComplaintCopy
from services.notify.messages.desks import at_desk
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.messages.governing import of_governance
from services.notify.messages.ladder import escalation_desks
from services.notify.messages.staffing import at_work, staff_of
from shared.contracts.event import Event
from shared.contracts.intake import ComplaintEvent, ComplaintState
from shared.contracts.routing import (
    AcceptanceDueSoon,
    AcceptanceOverdue,
    CaseEvent,
    CaseState,
    ComplaintsJoined,
    PartiesEvent,
    Unit,
)
from shared.errors import TryLater
from shared.rulebook import Rulebook

INFORMED_ONLY = "INFO"
ANOTHER = "OTHER"


async def recipients(
    session: AsyncSession, to: Sequence[str], event: Event, book: Rulebook
) -> tuple[Recipient, ...]:
    """Everybody meant by `to`, each once. Of an anonymous matter no owner is told (X15)."""
    found: list[Recipient] = []
    if isinstance(event, ComplaintEvent):
        found = [] if "OWNER" not in to else _reporter(event.complaint)
    elif isinstance(event, AcceptanceOverdue | AcceptanceDueSoon):
        desk = event.pending.desk_id
        found = [] if desk is None else await staff_of(session, desk, event.pending)
    elif isinstance(event, CaseEvent):
        for name in to:
            found += await _of_case(session, name, event, book)
    else:
        for name in to:
            found += await of_governance(session, name, event)
    return tuple(dict.fromkeys(found))


def _reporter(complaint: ComplaintState) -> list[Recipient]:
    if complaint.anonymous or complaint.owner_id is None:
        return []
    return [Recipient(RecipientKind.OWNER, complaint.owner_id)]


async def _of_case(
    session: AsyncSession, desk: str, event: CaseEvent, book: Rulebook
) -> list[Recipient]:
    case = event.case
    match desk:
        case "OWNER":
            return await _owners(session, event)
        case "HANDLER":
            return await at_work(session, [case.handler] if case.handler else [], case)
        case "CO_UNITS":
            return await at_work(session, _others(case), case)
        case "SITE_OFFICE":
            return await _site_office(session, case)
        case "PARTIES":
            return await _owners(session, event) + await _respondents(session, event)
        case "ESCALATION_DESKS":
            return await escalation_desks(session, event, book)
        case "GRID_LEADER" | "STREET" | "DISPATCHER":
            return await at_desk(session, desk, case)
    return []


async def _owners(session: AsyncSession, event: CaseEvent) -> list[Recipient]:
    """Whoever complained under their name; an anonymous complaint tells nobody."""
    if isinstance(event, ComplaintsJoined):
        return await _joined(session, event)
    known = await _known(session, event.case.complaint_ids)
    hidden = {each.owner_id for each in known if each.anonymous}
    named = {each.owner_id for each in known if not each.anonymous}
    owners = (owner for owner in event.case.owner_ids if owner in named or owner not in hidden)
    return [Recipient(RecipientKind.OWNER, owner) for owner in owners]


async def _joined(session: AsyncSession, event: ComplaintsJoined) -> list[Recipient]:
    """T07: who joins a case is told so, and not those who are in it already.

    Raises TryLater while a complaint is not known here.
    """
    known = await _known(session, event.joined)
    if len(known) < len(event.joined):
        raise TryLater
    owners = [each.owner_id for each in known if not each.anonymous and each.owner_id]
    return [Recipient(RecipientKind.OWNER, owner) for owner in owners]


async def _known(session: AsyncSession, complaint_ids: Sequence[UUID]) -> Sequence[ComplaintCopy]:
    wanted = select(ComplaintCopy).where(col(ComplaintCopy.id).in_(complaint_ids))
    return (await session.execute(wanted)).scalars().all()


def _others(case: CaseState) -> list[Unit]:
    lead = case.handler.organisation_id if case.handler else None
    return [
        unit for unit in case.units if unit.role != INFORMED_ONLY and unit.organisation_id != lead
    ]


async def _site_office(session: AsyncSession, case: CaseState) -> list[Recipient]:
    """The company's people at this estate; an estate may have no company (X29)."""
    if case.company_id is None:
        return []
    return await staff_of(session, case.company_id, case)


async def _respondents(session: AsyncSession, event: CaseEvent) -> list[Recipient]:
    """The company, unless the dispute is with a neighbour: that is none of its business."""
    if isinstance(event, PartiesEvent) and event.respondent == ANOTHER:
        return []
    return await _site_office(session, event.case)
