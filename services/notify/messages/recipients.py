"""Who is meant by a row of the rulebook: owners, handlers, parties, as people and organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, func, literal, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import ComplaintCopy, StaffCopy
from services.notify.messages.desks import at_desk
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from shared.contracts.event import Event
from shared.contracts.intake import ComplaintEvent, ComplaintState
from shared.contracts.routing import (
    AcceptanceOverdue,
    CaseEvent,
    CaseState,
    ComplaintsJoined,
    PartiesEvent,
    PendingState,
    Unit,
)
from shared.errors import TryLater

INFORMED_ONLY = "INFO"
ANOTHER = "OTHER"


async def recipients(
    session: AsyncSession, to: Sequence[str], event: Event
) -> tuple[Recipient, ...]:
    """Everybody meant by `to`, each once. Of an anonymous matter no owner is told (X15)."""
    found: list[Recipient] = []
    if isinstance(event, ComplaintEvent):
        found = [] if "OWNER" not in to else _reporter(event.complaint)
    if isinstance(event, AcceptanceOverdue) and event.pending.desk_id is not None:
        found = await _staff_of(session, event.pending.desk_id, event.pending)
    if isinstance(event, CaseEvent):
        for desk in to:
            found += await _of_case(session, desk, event)
    return tuple(dict.fromkeys(found))


def _reporter(complaint: ComplaintState) -> list[Recipient]:
    if complaint.anonymous or complaint.owner_id is None:
        return []
    return [Recipient(RecipientKind.OWNER, complaint.owner_id)]


async def _of_case(session: AsyncSession, desk: str, event: CaseEvent) -> list[Recipient]:
    case = event.case
    match desk:
        case "OWNER":
            return await _owners(session, event)
        case "HANDLER":
            return await _at_work(session, [case.handler] if case.handler else [], case)
        case "CO_UNITS":
            return await _at_work(session, _others(case), case)
        case "SITE_OFFICE":
            return await _site_office(session, case)
        case "PARTIES":
            return await _owners(session, event) + await _respondents(session, event)
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


async def _at_work(
    session: AsyncSession, units: Iterable[Unit], case: CaseState
) -> list[Recipient]:
    found: list[Recipient] = []
    for unit in units:
        if unit.person_id is not None:
            found.append(Recipient(RecipientKind.STAFF, unit.person_id))
            continue
        found += await _staff_of(session, unit.organisation_id, case)
    return found


async def _site_office(session: AsyncSession, case: CaseState) -> list[Recipient]:
    """The company's people at this estate; an estate may have no company (X29)."""
    if case.company_id is None:
        return []
    return await _staff_of(session, case.company_id, case)


async def _respondents(session: AsyncSession, event: CaseEvent) -> list[Recipient]:
    """The company, unless the dispute is with a neighbour: that is none of its business."""
    if isinstance(event, PartiesEvent) and event.respondent == ANOTHER:
        return []
    return await _site_office(session, event.case)


async def _staff_of(
    session: AsyncSession, organisation_id: UUID, place: CaseState | PendingState
) -> list[Recipient]:
    """The organisation's people who look after this estate and grid, else the organisation."""
    wanted = (
        select(StaffCopy.id)
        .where(StaffCopy.organisation_id == organisation_id, col(StaffCopy.active))
        .where(_covers(StaffCopy.estate_ids, place.estate_id))
        .where(_covers(StaffCopy.grid_codes, place.grid_code))
        .order_by(col(StaffCopy.id))
    )
    people = (await session.execute(wanted)).scalars().all()
    if not people:
        return [Recipient(RecipientKind.ORGANISATION, organisation_id)]
    return [Recipient(RecipientKind.STAFF, person) for person in people]


def _covers(column: Any, value: UUID | str | None) -> ColumnElement[bool]:
    """An empty list is no limit."""
    return or_(func.cardinality(column) == 0, literal(value) == any_(column))
