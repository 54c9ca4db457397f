"""Who may lead a panel, sit on it and read what it said of the owners' committee (E13, A13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.deed import Deed, DeedDep
from services.survey.ratings.domain.kinds import Part, RatingKind, RepresentativeKind
from services.survey.ratings.domain.panels import NotOnPanel, SeatNotYours, StakeInCommittee
from services.survey.ratings.domain.policies import (
    LEADING_ROLES,
    NotYourRating,
    StreetOfficersOnly,
    has_stake_in_committee,
    may_lead,
    may_sit,
    refuse_unless_sitting,
)
from services.survey.ratings.domain.representatives import NotARepresentative, refuse_homeless
from services.survey.ratings.queries.places import Place, lived_as, place_of
from services.survey.ratings.queries.ratings import rating_of, seat_by_id, seat_of
from services.survey.ratings.queries.representatives import in_office
from services.survey.ratings.schemas.ratings import CommitteeRatingIn
from services.survey.ratings.tables import PanelSeat, Rating
from services.survey.ratings.views.ratings import companies_of
from services.survey.surveys.domain.policies import refuse_unless
from services.survey.surveys.guards import NotYourPlace

COMMITTEE = RatingKind.COMMITTEE


@dataclass(frozen=True)
class Sitting:
    """A rating of the committee, and the caller's seat on its panel."""

    rating: Rating
    seat: PanelSeat


async def leader(deed: DeedDep) -> None:
    """Raises StreetOfficersOnly."""
    refuse_unless(deed.actor, LEADING_ROLES, StreetOfficersOnly)


async def ground(
    _: Annotated[None, Depends(leader)], deed: DeedDep, body: CommitteeRatingIn
) -> Place:
    """Raises StreetOfficersOnly, EstateUnknown, EstateWithoutHouses or NotYourPlace."""
    place = await place_of(deed.session, body.estate_id, deed.at)
    if not may_lead(deed.actor, place.community, place.companies):
        raise NotYourPlace
    return place


async def rating_to_read(rating_id: UUID, deed: DeedDep) -> Rating:
    return await rating_of(deed.session, deed.actor, COMMITTEE, rating_id)


async def rating_to_lead(
    rating_id: UUID, _: Annotated[None, Depends(leader)], deed: DeedDep
) -> Rating:
    """Raises RatingNotFound or NotYourRating."""
    rating = await rating_of(deed.session, deed.actor, COMMITTEE, rating_id, lock="UPDATE")
    if not may_lead(deed.actor, rating.community, companies_of(rating)):
        raise NotYourRating
    return rating


async def seat_to_remove(rating: RatingToLead, seat_id: UUID, deed: DeedDep) -> PanelSeat:
    """Raises SeatNotFound."""
    return await seat_by_id(deed.session, rating.id, seat_id)


async def sitter(deed: DeedDep) -> None:
    """Raises PanelMembersOnly."""
    refuse_unless_sitting(deed.actor)


async def sitting(rating_id: UUID, _: Annotated[None, Depends(sitter)], deed: DeedDep) -> Sitting:
    """Whoever was named and is fit for the seat at this moment.

    Raises RatingNotFound, NotOnPanel, StakeInCommittee, SeatNotYours, NotARepresentative or
    NoHomeThere.
    """
    rating = await rating_of(deed.session, deed.actor, COMMITTEE, rating_id, lock="SHARE")
    seat = await seat_of(deed.session, deed.actor, rating.id, lock=True)
    if seat is None:
        raise NotOnPanel
    place = await place_of(deed.session, rating.estate_id, deed.at)
    if has_stake_in_committee(deed.actor, place.companies, place.houses):
        raise StakeInCommittee
    await _refuse_unfit(deed, rating, seat, place)
    return Sitting(rating, seat)


async def seated(found: SittingDep) -> Sitting:
    """Raises NotOnPanel for who was named and did not take the seat."""
    if found.seat.taken_at is None:
        raise NotOnPanel
    return found


async def _refuse_unfit(deed: Deed, rating: Rating, seat: PanelSeat, place: Place) -> None:
    part = Part(seat.part)
    if part.represented is not None:
        await _refuse_unrepresentative(deed, rating, seat)
    elif not may_sit(
        deed.actor, part, led_by=rating.led_by, community=place.community, grids=place.grids
    ):
        raise SeatNotYours


async def _refuse_unrepresentative(deed: Deed, rating: Rating, seat: PanelSeat) -> None:
    office = await in_office(deed.session, deed.actor.id, rating.estate_id, deed.at)
    if office is None or office.id != seat.representative_id:
        raise NotARepresentative
    homes = await lived_as(deed.session, deed.actor.id, rating.estate_id)
    rules = deed.runtime.rulebooks.in_force_at(deed.at).representatives
    refuse_homeless(RepresentativeKind(office.kind), homes, rules)


PanelGround = Annotated[Place, Depends(ground)]
CommitteeToRead = Annotated[Rating, Depends(rating_to_read)]
RatingToLead = Annotated[Rating, Depends(rating_to_lead)]
SeatToRemove = Annotated[PanelSeat, Depends(seat_to_remove)]
SittingDep = Annotated[Sitting, Depends(sitting)]
SeatedDep = Annotated[Sitting, Depends(seated)]
