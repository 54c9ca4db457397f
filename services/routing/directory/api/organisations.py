"""Organisations: looked up by staff, kept by administrators."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.directory import listing
from services.routing.directory.commands import add_organisation, revise_organisation
from services.routing.directory.guards import (
    AdministratorsErrand,
    OrganisationToChange,
    OrganisationToView,
    ReadersErrand,
)
from services.routing.directory.listing import OrganisationFilter
from services.routing.directory.queries import mediators_of
from services.routing.directory.schemas.organisations import (
    NewOrganisation,
    OrganisationOut,
    OrganisationRevision,
)
from services.routing.directory.schemas.staff import MediatorOut
from services.routing.directory.schemas.words import Code, Prefix, Words
from services.routing.directory.states import organisation_state
from shared.contracts.directory import OrganisationState
from shared.contracts.vocabulary import OrganisationKind
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/directory/organisations", tags=["directory"])


@router.get("")
async def organisations(
    errand: ReadersErrand,
    paging: Paging,
    kind: OrganisationKind | None = None,
    specialty: Code = None,
    division: Prefix = None,
    query: Words = "",
) -> Page[OrganisationState]:
    """Organisations by kind, specialty, place or name."""
    wanted = OrganisationFilter(kind, specialty, division, query)
    rows = await listing.organisations(errand.session, wanted, paging)
    page, following = paging.cut(rows, lambda row: (row.division, str(row.id)))
    return Page(items=[organisation_state(row) for row in page], next=following)


@router.get("/{organisation_id}")
async def organisation(errand: ReadersErrand, row: OrganisationToView) -> OrganisationOut:
    """One organisation, with what is worth a second look."""
    return OrganisationOut.of(row, errand.rulebook.street_offices)


@router.get("/{organisation_id}/mediators")
async def mediators(errand: ReadersErrand, row: OrganisationToView) -> list[MediatorOut]:
    """The mediators of a committee, full-time ones first (C02)."""
    return [
        MediatorOut(
            staff_id=mediator.staff.id,
            display_name=mediator.staff.display_name,
            full_time=mediator.full_time,
            certified=mediator.certified,
        )
        for mediator in await mediators_of(errand.session, row.id)
    ]


@router.post("", status_code=201, response_model=OrganisationOut)
async def add(body: NewOrganisation, errand: AdministratorsErrand, once: OnceDep) -> Response:
    """Enter an organisation; a community brings its division along."""

    async def work() -> OrganisationOut:
        row = await add_organisation(errand, body.row())
        return OrganisationOut.of(row, errand.rulebook.street_offices)

    return await once.run(work)


@router.put("/{organisation_id}")
async def revise(
    body: OrganisationRevision, errand: AdministratorsErrand, row: OrganisationToChange
) -> OrganisationOut:
    """Rename, count its staff anew, end it, or bring it back."""
    revised = await revise_organisation(errand, row, body.changes())
    return OrganisationOut.of(revised, errand.rulebook.street_offices)
