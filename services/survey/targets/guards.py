"""Who may look at targets, and at which street's assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from services.survey.deed import DeedDep
from services.survey.targets.domain.assessments import AssessmentNotFound, refuse_unknown_names
from services.survey.targets.domain.policies import (
    NotAboveStreet,
    OverseersOnly,
    WeightSettersOnly,
    assesses_at_all,
    may_assess,
    may_see,
    oversees_at_all,
)
from services.survey.targets.queries import is_street
from shared.identity import Actor
from shared.web.dependencies import CurrentActor


@dataclass(frozen=True)
class StreetYear:
    street: str
    year: int


def overseer(actor: CurrentActor) -> Actor:
    """Raises OverseersOnly."""
    if not oversees_at_all(actor):
        raise OverseersOnly
    return actor


def assessor(actor: CurrentActor) -> Actor:
    """Raises WeightSettersOnly."""
    if not assesses_at_all(actor):
        raise WeightSettersOnly
    return actor


async def street_to_see(
    street: str, year: str, actor: Annotated[Actor, Depends(overseer)], deed: DeedDep
) -> StreetYear:
    """Raises AssessmentNotFound."""
    refuse_unknown_names(street, year)
    if not may_see(actor, street) or not await is_street(deed.session, street):
        raise AssessmentNotFound
    return StreetYear(street, int(year))


async def street_to_assess(
    street: str, year: str, actor: Annotated[Actor, Depends(assessor)], deed: DeedDep
) -> StreetYear:
    """Raises AssessmentNotFound or NotAboveStreet."""
    found = await street_to_see(street, year, actor, deed)
    if not may_assess(actor, street):
        raise NotAboveStreet
    return found


OverseerDep = Annotated[Actor, Depends(overseer)]
StreetToSee = Annotated[StreetYear, Depends(street_to_see)]
StreetToAssess = Annotated[StreetYear, Depends(street_to_assess)]
