"""Where somebody works and over what: possible in itself, and for this administrator to give."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from services.routing.directory.domain.accounts import (
    EstateNotServed,
    OrganisationUnknown,
    StillInAGrid,
    check_divisions,
    check_position,
)
from services.routing.directory.domain.policies import (
    MoreThanYouHold,
    holds,
    keeps_staff_of,
    leads_grids,
    may_administer,
    works_in_grids,
)
from services.routing.directory.errand import Errand
from services.routing.directory.states.people import grid_codes_of
from services.routing.directory.tables import Organisation, ServiceContract, Staff
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import End, Role


@dataclass(frozen=True)
class Position:
    """What somebody is: where, at which end, with which roles, over what."""

    organisation_id: UUID
    end: End
    roles: frozenset[Role]
    divisions: tuple[str, ...]
    estate_ids: tuple[UUID, ...]
    interests: frozenset[UUID]


async def check_place(errand: Errand, staff: Staff, roles: Collection[str]) -> None:
    """`roles` are all that are held now or later. Raises what a position breaks."""
    organisation = await errand.session.get(Organisation, staff.organisation_id)
    if organisation is None or not organisation.active:
        raise OrganisationUnknown
    check_reach(errand, organisation, staff, roles)
    kind = OrganisationKind(organisation.kind)
    check_position(End(staff.end), [Role(role) for role in roles], kind)
    check_divisions(kind, staff.divisions)
    await _check_estates(errand, staff)
    await _check_grids(errand, staff, roles)


def check_reach(
    errand: Errand, organisation: Organisation, staff: Staff, roles: Collection[str]
) -> None:
    """An administrator's divisions, or what a staff administrator holds, must hold all of it.

    Raises OutsideYourDivision, OutsideYourOrganisation or MoreThanYouHold.
    """
    errand.require_staff_of(organisation)
    if may_administer(errand.actor, organisation.division):
        for division in staff.divisions:
            errand.require(division)
        return
    assert keeps_staff_of(errand.actor, organisation.id)
    if not holds(errand.actor, roles, staff.divisions, staff.estate_ids):
        raise MoreThanYouHold


async def require_present(errand: Errand, staff: Staff, roles: Collection[str]) -> None:
    """Whoever is to be changed must lie within reach as they are."""
    organisation = await errand.session.get_one(Organisation, staff.organisation_id)
    if may_administer(errand.actor, organisation.division):
        return
    check_reach(errand, organisation, staff, roles)


async def _check_estates(errand: Errand, staff: Staff) -> None:
    served = await errand.session.execute(
        select(ServiceContract.estate_id).where(
            col(ServiceContract.company_id) == staff.organisation_id
        )
    )
    if not set(staff.estate_ids) <= set(served.scalars()):
        raise EstateNotServed


async def _check_grids(errand: Errand, staff: Staff, roles: Collection[str]) -> None:
    if works_in_grids(roles) or leads_grids(roles):
        return
    if await grid_codes_of(errand.session, staff.id):
        raise StillInAGrid
