"""Roles and interests as records: added, and withdrawn where a new list leaves them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from services.routing.directory.commands.standing import grants_of, interests_on_record
from services.routing.directory.domain.interests import (
    InterestKind,
    InterestSource,
    kind_of,
    refuse_own,
)
from services.routing.directory.domain.periods import Period
from services.routing.directory.domain.roles import Granted
from services.routing.directory.errand import Errand
from services.routing.directory.tables import House, Interest, Organisation, RoleGrant, Staff
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import Role
from shared.ids import new_id


def add_grants(errand: Errand, staff_id: UUID, granted: Iterable[Granted]) -> None:
    errand.session.add_all(
        RoleGrant(
            id=new_id(),
            staff_id=staff_id,
            role=each.role,
            valid_from=each.period.first,
            valid_to=each.period.last,
            granted_by=errand.actor.id,
            granted_at=errand.now,
        )
        for each in granted
    )


async def hold_roles(errand: Errand, staff_id: UUID, wanted: Collection[str]) -> None:
    """Withdraws what is not wanted any more, and grants from today what is missing."""
    grants = await grants_of(errand, staff_id)
    current = [row for row in grants if not row.period.is_over(errand.today)]
    for row in current:
        if row.role not in wanted:
            row.withdrawn_at = errand.now
    missing = sorted(set(wanted) - {row.role for row in current})
    add_grants(errand, staff_id, [from_today(errand, role) for role in missing])


def from_today(errand: Errand, role: str) -> Granted:
    return Granted(Role(role), Period(errand.today, None))


async def hold_interests(errand: Errand, staff: Staff, wanted: Collection[UUID]) -> None:
    """Lifts what is not named any more, and records from today what is new. Raises OwnInterest."""
    records = await interests_on_record(errand, staff.id)
    current = [row for row in records if not row.period.is_over(errand.today)]
    for row in current:
        if row.subject_id not in wanted:
            refuse_own(staff.id, errand.actor.id)
            row.withdrawn_at = errand.now
    known = {row.subject_id for row in current} | {staff.organisation_id}
    for subject_id in sorted(set(wanted) - known):
        kind = await kind_of_interest(errand, subject_id)
        add_interest(errand, staff.id, kind, subject_id, Period(errand.today, None))


async def kind_of_interest(errand: Errand, subject_id: UUID) -> InterestKind:
    """Raises UnknownInterest."""
    organisation = await errand.session.get(Organisation, subject_id)
    house = None if organisation else await errand.session.get(House, subject_id)
    kind = OrganisationKind(organisation.kind) if organisation else None
    return kind_of(kind, is_house=house is not None)


def add_interest(
    errand: Errand, staff_id: UUID, kind: InterestKind, subject_id: UUID, period: Period
) -> Interest:
    """Said by the person it concerns, it is declared; by anybody else, found."""
    own = errand.actor.id == staff_id
    row = Interest(
        id=new_id(),
        staff_id=staff_id,
        kind=kind,
        subject_id=subject_id,
        source=InterestSource.DECLARED if own else InterestSource.FOUND,
        valid_from=period.first,
        valid_to=period.last,
        recorded_by=errand.actor.id,
        recorded_at=errand.now,
    )
    errand.session.add(row)
    return row
