"""Where an estate lies, as the centre in charge says."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from sqlalchemy import false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.houses.guards import EstateNotFound
from services.intake.houses.tables import Estate
from services.intake.open311.domain.policies import LocationKeepersOnly, keeps_locations
from services.intake.open311.tables import EstateLocation
from shared import audit
from shared.clock import BEIJING
from shared.contracts.directory import UNPLACED_ESTATE
from shared.identity import Actor
from shared.web.body import Body
from shared.web.dependencies import CurrentActor, Now, SessionDep

router = APIRouter(prefix="/estates", tags=["houses"])


class LocationOfEstate(Body):
    """Degrees in WGS84, as satellites give them."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class EstateLocationOut(BaseModel):
    estate_id: UUID
    latitude: float
    longitude: float
    changed_at: datetime

    @classmethod
    def of(cls, location: EstateLocation) -> EstateLocationOut:
        return cls(
            estate_id=location.estate_id,
            latitude=location.latitude,
            longitude=location.longitude,
            changed_at=location.changed_at.astimezone(BEIJING),
        )


async def centre_actor(actor: CurrentActor) -> Actor:
    if not keeps_locations(actor):
        raise LocationKeepersOnly
    return actor


CurrentCentre = Annotated[Actor, Depends(centre_actor)]


async def estate_to_locate(estate_id: UUID, actor: CurrentCentre, session: SessionDep) -> Estate:
    """Raises EstateNotFound, also outside the divisions of the centre."""
    within = (
        col(Estate.division).startswith(prefix, autoescape=True) for prefix in actor.scope.divisions
    )
    query = select(Estate).where(
        col(Estate.id) == estate_id, col(Estate.id) != UNPLACED_ESTATE, or_(false(), *within)
    )
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise EstateNotFound
    return found


@router.put("/{estate_id}/location")
async def put_location(
    body: LocationOfEstate,
    estate: Annotated[Estate, Depends(estate_to_locate)],
    actor: CurrentCentre,
    session: SessionDep,
    now: Now,
) -> EstateLocationOut:
    """Say where an estate lies, so that a point on the map leads to it."""
    return EstateLocationOut.of(await locate(session, actor, estate, body, at=now))


async def locate(
    session: AsyncSession, actor: Actor, estate: Estate, body: LocationOfEstate, *, at: datetime
) -> EstateLocation:
    location = await session.merge(
        EstateLocation(
            estate_id=estate.id,
            latitude=body.latitude,
            longitude=body.longitude,
            changed_at=at,
            changed_by=actor.id,
        )
    )
    audit.append(
        session,
        actor=actor,
        action="estate.located",
        subject_type="estate",
        subject_id=estate.id,
        at=at,
    )
    return location
