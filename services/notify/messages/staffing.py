"""The people of an organisation; where nobody works yet, the organisation itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, func, literal, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import OrganisationCopy, StaffCopy
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.messages.places import Place
from shared.contracts.reference import organisation_id
from shared.contracts.routing import Unit
from shared.identity import Role


@dataclass(frozen=True)
class Seat:
    """An organisation of which a division has only one."""

    kind: str
    specialty: str
    division: str


async def staff_of(
    session: AsyncSession, organisation_id: UUID, place: Place | None = None
) -> list[Recipient]:
    """Its people, of a place those who look after this estate and grid, else the organisation."""
    wanted = (
        select(StaffCopy.id)
        .where(StaffCopy.organisation_id == organisation_id, col(StaffCopy.active))
        .order_by(col(StaffCopy.id))
    )
    if place is not None:
        wanted = wanted.where(
            _covers(StaffCopy.estate_ids, place.estate_id),
            _covers(StaffCopy.grid_codes, place.grid_code),
        )
    people = (await session.execute(wanted)).scalars().all()
    if not people:
        return [Recipient(RecipientKind.ORGANISATION, organisation_id)]
    return [Recipient(RecipientKind.STAFF, person) for person in people]


async def at_work(session: AsyncSession, units: Iterable[Unit], place: Place) -> list[Recipient]:
    """The person the case was given to, else the unit's people of the place."""
    found: list[Recipient] = []
    for unit in units:
        if unit.person_id is not None:
            found.append(Recipient(RecipientKind.STAFF, unit.person_id))
            continue
        found += await staff_of(session, unit.organisation_id, place)
    return found


async def at_seat(session: AsyncSession, seat: Seat) -> list[Recipient]:
    """By the directory; where it has told nothing yet, by the id that such a seat has."""
    found = await session.execute(
        select(OrganisationCopy.id)
        .where(OrganisationCopy.kind == seat.kind, OrganisationCopy.specialty == seat.specialty)
        .where(OrganisationCopy.division == seat.division, col(OrganisationCopy.active))
    )
    known = found.scalars().first()
    return await staff_of(
        session, known or organisation_id(seat.kind, seat.specialty, seat.division)
    )


async def leaders_or_all(session: AsyncSession, organisation_id: UUID) -> list[Recipient]:
    """Of a community its leaders; a grid worker convenes nothing."""
    leaders = await session.execute(
        select(StaffCopy.id)
        .where(StaffCopy.organisation_id == organisation_id, col(StaffCopy.active))
        .where(literal(Role.GRID_LEADER.value) == any_(col(StaffCopy.roles)))
        .order_by(col(StaffCopy.id))
    )
    found = [Recipient(RecipientKind.STAFF, person) for person in leaders.scalars()]
    return found or await staff_of(session, organisation_id)


def _covers(column: Any, value: UUID | str | None) -> ColumnElement[bool]:
    """An empty list is no limit."""
    return or_(func.cardinality(column) == 0, literal(value) == any_(column))
