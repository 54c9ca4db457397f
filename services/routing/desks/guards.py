"""Who gets to a desk at all, and to which of its things."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from services.routing.deed import Deed, DeedDep, OccasionDep
from services.routing.desks.domain.policies import DesksOnly, keeps_a_desk
from services.routing.occasion import Occasion


async def at_desk(on: OccasionDep) -> Occasion:
    if not keeps_a_desk(on.actor):
        raise DesksOnly
    return on


AtDesk = Annotated[Occasion, Depends(at_desk)]


async def desk_deed(_: AtDesk, deed: DeedDep) -> Deed:
    return deed


DeskDeed = Annotated[Deed, Depends(desk_deed)]
