"""Which court a case goes to: the one of the property's place, or another that was named (C07)."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.directory.queries import KnownOrganisation, court_for, organisation_by_id
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import OrganisationKind
from shared.errors import Invalid


class UnknownCourt(Invalid):
    """This organisation is not a court in use."""

    code = "UNKNOWN_COURT"
    chinese = "所填机构不是在用的人民法院。"


async def addressed_court(on: Occasion, file: CaseFile, court_id: UUID | None) -> KnownOrganisation:
    """Raises UnknownCourt, or OrganisationMissing where the county has no court."""
    if court_id is None:
        return await court_for(on.session, file.case.division)
    court = await organisation_by_id(on.session, court_id)
    if court is None or court.kind is not OrganisationKind.COURT or not court.active:
        raise UnknownCourt
    return court
