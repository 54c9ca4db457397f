"""Who may conduct, publish, read and give a quarterly rating (E09)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.deed import DeedDep
from services.survey.ratings.commands.conducting import rules_of
from services.survey.ratings.domain.kinds import RatingKind, RepresentativeKind
from services.survey.ratings.domain.policies import (
    NotYourRating,
    may_conduct,
    may_publish,
    refuse_unless_owner,
)
from services.survey.ratings.domain.representatives import NotARepresentative, refuse_homeless
from services.survey.ratings.queries.places import Place, lived_as, place_of
from services.survey.ratings.queries.ratings import rating_of
from services.survey.ratings.queries.representatives import in_office
from services.survey.ratings.schemas.ratings import RatingIn
from services.survey.ratings.tables import Rating
from services.survey.ratings.views.ratings import companies_of
from services.survey.surveys.guards import NotYourPlace, conductor, publisher
from shared.identity import Actor

QUARTERLY = RatingKind.QUARTERLY
Allowed = Callable[[Actor, str, Collection[UUID]], bool]


async def ground(_: Annotated[None, Depends(conductor)], deed: DeedDep, body: RatingIn) -> Place:
    """Raises ConductorsOnly, EstateUnknown, EstateWithoutHouses or NotYourPlace."""
    place = await place_of(deed.session, body.estate_id, deed.at)
    if not may_conduct(deed.actor, place.community, place.companies):
        raise NotYourPlace
    return place


async def rating_to_read(rating_id: UUID, deed: DeedDep) -> Rating:
    return await rating_of(deed.session, deed.actor, QUARTERLY, rating_id)


async def rating_to_conduct(
    rating_id: UUID, _: Annotated[None, Depends(conductor)], deed: DeedDep
) -> Rating:
    return await _charged(rating_id, deed, may_conduct)


async def rating_to_publish(
    rating_id: UUID, _: Annotated[None, Depends(publisher)], deed: DeedDep
) -> Rating:
    return await _charged(rating_id, deed, may_publish)


async def resident(deed: DeedDep) -> None:
    """Raises OwnerEndOnly."""
    refuse_unless_owner(deed.actor)


async def rating_to_mark(
    rating_id: UUID, _: Annotated[None, Depends(resident)], deed: DeedDep
) -> Rating:
    """E09: by who represents the estate at this moment and still lives there. Others may give
    marks at the same time, nobody may close meanwhile. Raises NotARepresentative or NoHomeThere.
    """
    rating = await rating_of(deed.session, deed.actor, QUARTERLY, rating_id, lock="SHARE")
    office = await in_office(deed.session, deed.actor.id, rating.estate_id, deed.at)
    if office is None or office.kind not in rules_of(deed, rating).raters:
        raise NotARepresentative
    homes = await lived_as(deed.session, deed.actor.id, rating.estate_id)
    rules = deed.runtime.rulebooks.in_force_at(deed.at).representatives
    refuse_homeless(RepresentativeKind(office.kind), homes, rules)
    return rating


async def _charged(rating_id: UUID, deed: DeedDep, allowed: Allowed) -> Rating:
    """Raises RatingNotFound or NotYourRating."""
    rating = await rating_of(deed.session, deed.actor, QUARTERLY, rating_id, lock="UPDATE")
    if not allowed(deed.actor, rating.community, companies_of(rating)):
        raise NotYourRating
    return rating


GroundDep = Annotated[Place, Depends(ground)]
RatingToRead = Annotated[Rating, Depends(rating_to_read)]
RatingToConduct = Annotated[Rating, Depends(rating_to_conduct)]
RatingToPublish = Annotated[Rating, Depends(rating_to_publish)]
RatingToMark = Annotated[Rating, Depends(rating_to_mark)]
