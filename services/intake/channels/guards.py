"""The hotline's adapter behind a request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from services.intake.channels.domain.hotline import HotlineOnly, acts_as_hotline
from shared.identity import Actor
from shared.web.dependencies import CurrentActor


async def hotline_actor(actor: CurrentActor) -> Actor:
    if not acts_as_hotline(actor):
        raise HotlineOnly
    return actor


CurrentHotline = Annotated[Actor, Depends(hotline_actor)]
