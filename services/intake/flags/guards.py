"""Who looks at flags, and the one a request names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.intake.flags.domain.policies import CentreOnly, may_look_at_flags
from services.intake.flags.queries import visible_to
from services.intake.flags.tables import AccountFlag
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, SessionDep


class FlagNotFound(NotFound):
    """There is no such flag in your divisions."""

    code = "FLAG_NOT_FOUND"
    chinese = "未找到该标记，或您无权查看。"


async def looking_actor(actor: CurrentActor) -> Actor:
    if not may_look_at_flags(actor):
        raise CentreOnly
    return actor


Looking = Annotated[Actor, Depends(looking_actor)]


async def flag_to_decide(flag_id: UUID, actor: Looking, session: SessionDep) -> AccountFlag:
    """Locked: of two decisions the second sees the first."""
    mine = visible_to(actor).where(col(AccountFlag.id) == flag_id).with_for_update()
    found = (await session.execute(mine)).scalar_one_or_none()
    if found is None:
        raise FlagNotFound
    return found


FlagToDecide = Annotated[AccountFlag, Depends(flag_to_decide)]
