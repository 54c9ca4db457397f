"""What somebody is on a day follows from the roles granted and the interests recorded."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from services.routing.directory.domain.interests import interests_of
from services.routing.directory.domain.periods import next_turn
from services.routing.directory.errand import Errand
from services.routing.directory.tables import Interest, Organisation, RoleGrant, Staff
from shared.contracts.vocabulary import OrganisationKind


async def grants_of(errand: Errand, staff_id: UUID) -> Sequence[RoleGrant]:
    """Not withdrawn, in the order of their beginning."""
    rows = await errand.session.execute(
        select(RoleGrant)
        .where(col(RoleGrant.staff_id) == staff_id, col(RoleGrant.withdrawn_at).is_(None))
        .order_by(col(RoleGrant.valid_from), col(RoleGrant.role))
    )
    return rows.scalars().all()


async def interests_on_record(errand: Errand, staff_id: UUID) -> Sequence[Interest]:
    """Not withdrawn, in the order of their beginning."""
    rows = await errand.session.execute(
        select(Interest)
        .where(col(Interest.staff_id) == staff_id, col(Interest.withdrawn_at).is_(None))
        .order_by(col(Interest.valid_from), col(Interest.id))
    )
    return rows.scalars().all()


async def take_up(errand: Errand, staff: Staff) -> None:
    """Roles and interests become those of today; the account remembers when they change next."""
    today = errand.today
    grants = await grants_of(errand, staff.id)
    interests = await interests_on_record(errand, staff.id)
    employer = await errand.session.get_one(Organisation, staff.organisation_id)
    present = [row.subject_id for row in interests if row.period.includes(today)]
    staff.roles = sorted({row.role for row in grants if row.period.includes(today)})
    staff.interests = interests_of(OrganisationKind(employer.kind), employer.id, present)
    periods = [row.period for row in grants] + [row.period for row in interests]
    staff.changes_on = next_turn(periods, today)


async def held_roles(errand: Errand, staff_id: UUID) -> set[str]:
    """Today or on a later day."""
    grants = await grants_of(errand, staff_id)
    return {row.role for row in grants if not row.period.is_over(errand.today)}
