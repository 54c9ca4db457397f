"""Members of staff, without their contacts."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.queries.known import KnownMediator, KnownStaff
from services.routing.directory.tables import Mediator, Staff
from shared.identity import End, Role


async def staff(session: AsyncSession, id: UUID) -> KnownStaff | None:
    row = await session.get(Staff, id)
    return known_staff(row) if row else None


async def mediators_of(session: AsyncSession, committee_id: UUID) -> tuple[KnownMediator, ...]:
    """Active mediators of a committee, full-time ones first (C02)."""
    rows = await session.execute(
        select(Mediator, Staff)
        .join(Staff, col(Staff.id) == Mediator.staff_id)
        .where(
            col(Staff.organisation_id) == committee_id,
            col(Staff.active),
            col(Staff.roles).contains([Role.MEDIATOR]),
        )
        .order_by(col(Mediator.full_time).desc(), col(Staff.account))
    )
    return tuple(
        KnownMediator(
            staff=known_staff(person),
            full_time=row.full_time,
            certified=row.certificate_number is not None,
        )
        for row, person in rows
    )


def known_staff(row: Staff) -> KnownStaff:
    return KnownStaff(
        id=row.id,
        display_name=row.display_name,
        organisation_id=row.organisation_id,
        end=End(row.end),
        roles=frozenset(map(Role, row.roles)),
        interests=frozenset(row.interests),
        active=row.active,
    )
