"""The screening a request names, if the actor may decide it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.intake.screening.domain.policies import ScreeningsOfCentreOnly, may_decide
from services.intake.screening.queries import visible_to
from services.intake.screening.tables import Screening
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, SessionDep


class ScreeningNotFound(NotFound):
    """There is no such screening in your divisions."""

    code = "SCREENING_NOT_FOUND"
    chinese = "未找到该内容复核事项。"


async def deciding_actor(actor: CurrentActor) -> Actor:
    if not may_decide(actor):
        raise ScreeningsOfCentreOnly
    return actor


CurrentDecider = Annotated[Actor, Depends(deciding_actor)]


async def screening_to_decide(
    screening_id: UUID, actor: CurrentDecider, session: SessionDep
) -> Screening:
    """Locked: of two decisions at once the second sees the first."""
    mine = visible_to(actor).where(col(Screening.id) == screening_id)
    found = (await session.execute(mine.with_for_update(of=Screening))).one_or_none()
    if found is None:
        raise ScreeningNotFound
    screening: Screening = found[0]
    return screening


ScreeningToDecide = Annotated[Screening, Depends(screening_to_decide)]
