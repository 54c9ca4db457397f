"""Organisations of the directory in the words of dispatch: at which end, and as what they count."""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.cases.domain.assigning import Seat
from services.routing.directory.queries import KnownOrganisation
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import End

END_OF: Mapping[OrganisationKind, End] = {
    OrganisationKind.COMMUNITY: End.COMMUNITY,
    OrganisationKind.COMPANY: End.PROPERTY,
    OrganisationKind.DEPARTMENT: End.DEPARTMENT,
    OrganisationKind.UTILITY: End.DEPARTMENT,
    OrganisationKind.COURT: End.COURT,
}


def seat_of(organisation: KnownOrganisation) -> Seat:
    end = END_OF.get(organisation.kind, End.CENTRE)
    return Seat(organisation.id, organisation.display_name, end, _kind(organisation))


def _kind(organisation: KnownOrganisation) -> str:
    """STREET_CENTRE, DEPARTMENT:HOUSING, COMMUNITY …"""
    if organisation.kind is OrganisationKind.CENTRE:
        return f"{organisation.level}_{organisation.kind}"
    if organisation.kind is OrganisationKind.DEPARTMENT:
        return f"DEPARTMENT:{organisation.specialty}"
    return organisation.kind.value
