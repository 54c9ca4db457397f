"""The estate a request names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.intake.houses.tables import Estate
from services.intake.owners.guards import CurrentOwner
from shared.contracts.directory import UNPLACED_ESTATE
from shared.errors import NotFound
from shared.web.dependencies import SessionDep


class EstateNotFound(NotFound):
    """There is no such estate."""

    code = "ESTATE_NOT_FOUND"
    chinese = "未找到该小区。"


async def estate(estate_id: UUID, actor: CurrentOwner, session: SessionDep) -> Estate:
    """Every owner may look at every estate: it is public knowledge."""
    found = await session.get(Estate, estate_id)
    if found is None or estate_id == UNPLACED_ESTATE:
        raise EstateNotFound
    return found


EstateToView = Annotated[Estate, Depends(estate)]
