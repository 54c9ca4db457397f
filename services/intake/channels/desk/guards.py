"""Staff who file at a desk, and what they or their organisation filed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.intake.channels.desk.queries import visible_to
from services.intake.channels.domain.desks import (
    CentreDesksOnly,
    DesksOnly,
    FiledComplaintNotFound,
    doors_of,
    keeps_a_centre_desk,
)
from services.intake.complaints.deed import Deed
from services.intake.complaints.tables import Complaint
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep


async def desk_actor(actor: CurrentActor) -> Actor:
    if not doors_of(actor):
        raise DesksOnly
    return actor


CurrentDesk = Annotated[Actor, Depends(desk_actor)]


async def centre_actor(actor: CurrentActor) -> Actor:
    if not keeps_a_centre_desk(actor):
        raise CentreDesksOnly
    return actor


CurrentCentre = Annotated[Actor, Depends(centre_actor)]


async def filed_to_view(complaint_id: UUID, actor: CurrentDesk, session: SessionDep) -> Complaint:
    found = await session.execute(visible_to(actor).where(col(Complaint.id) == complaint_id))
    return _visible(found.scalar_one_or_none())


async def filed_to_change(complaint_id: UUID, actor: CurrentDesk, session: SessionDep) -> Complaint:
    """Locked: of two at once the second sees the first."""
    mine = visible_to(actor).where(col(Complaint.id) == complaint_id).with_for_update()
    return _visible((await session.execute(mine)).scalar_one_or_none())


async def desk_deed(
    current: CurrentRuntime, session: SessionDep, actor: CurrentDesk, now: Now
) -> Deed:
    return Deed(session, current, actor, now)


DeskDeed = Annotated[Deed, Depends(desk_deed)]
FiledToView = Annotated[Complaint, Depends(filed_to_view)]
FiledToChange = Annotated[Complaint, Depends(filed_to_change)]


def _visible(complaint: Complaint | None) -> Complaint:
    if complaint is None:
        raise FiledComplaintNotFound
    return complaint
