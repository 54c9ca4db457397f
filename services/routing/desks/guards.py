"""Who gets to a desk at all, and to which of its things."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.routing.deed import Deed, DeedDep, OccasionDep
from services.routing.desks.commands.saved_views import own_view
from services.routing.desks.commands.standard_texts import text_to_change
from services.routing.desks.domain.policies import DesksOnly, keeps_a_desk
from services.routing.desks.tables import SavedView, StandardText
from services.routing.occasion import Occasion


async def at_desk(on: OccasionDep) -> Occasion:
    if not keeps_a_desk(on.actor):
        raise DesksOnly
    return on


AtDesk = Annotated[Occasion, Depends(at_desk)]


async def desk_deed(_: AtDesk, deed: DeedDep) -> Deed:
    return deed


DeskDeed = Annotated[Deed, Depends(desk_deed)]


async def view_to_change(view_id: UUID, on: AtDesk) -> SavedView:
    return await own_view(on, view_id)


OwnView = Annotated[SavedView, Depends(view_to_change)]


async def text_of_desk(text_id: UUID, on: AtDesk) -> StandardText:
    return await text_to_change(on, text_id)


TextToChange = Annotated[StandardText, Depends(text_of_desk)]
