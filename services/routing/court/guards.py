"""Dependencies for owners who consent and for courts who read."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.guards import NotYourTask
from services.routing.cases.queries import CaseNotFound, load
from services.routing.cases.tables import Case
from services.routing.court.domain.policies import CourtsOnly, is_court, may_consent
from services.routing.court.queries import matter_for_court
from services.routing.court.tables import JudicialMatter
from services.routing.deed import OccasionDep
from services.routing.mediation.queries import application_for_court, visible_to_party
from services.routing.mediation.tables import Application


async def consenting(case_id: UUID, on: OccasionDep) -> CaseFile:
    file = await load(on.session, col(Case.id) == case_id, visible_to_party(on.actor))
    if file is None:
        raise CaseNotFound
    if not may_consent(on.actor, file.standing):
        raise NotYourTask
    return file


def court_of(on: OccasionDep) -> UUID:
    """The court that the caller belongs to. Raises CourtsOnly."""
    if not is_court(on.actor) or on.actor.organisation_id is None:
        raise CourtsOnly
    return on.actor.organisation_id


CourtDep = Annotated[UUID, Depends(court_of)]


async def addressed_package(
    package_id: UUID, court_id: CourtDep, on: OccasionDep
) -> JudicialMatter:
    return await matter_for_court(on.session, court_id, col(JudicialMatter.id) == package_id)


async def addressed_application(
    application_id: UUID, court_id: CourtDep, on: OccasionDep
) -> Application:
    return await application_for_court(on.session, court_id, col(Application.id) == application_id)


CaseToConsent = Annotated[CaseFile, Depends(consenting)]
PackageToRead = Annotated[JudicialMatter, Depends(addressed_package)]
ApplicationToRead = Annotated[Application, Depends(addressed_application)]
