"""Grids and the people in them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.routing.directory.schemas.words import GridCode, Version
from services.routing.directory.tables import Grid
from shared.ids import new_id
from shared.web.body import Body

Workers = Annotated[tuple[UUID, ...], Field(max_length=50)]


class NewGrid(Body):
    """`worker_ids` in the order in which they are asked."""

    code: GridCode
    community_id: UUID
    leader_id: UUID | None = None
    worker_ids: Workers = ()

    def row(self) -> Grid:
        return Grid(**self.model_dump(exclude={"worker_ids"}), id=new_id())


class GridStaffing(Body):
    version: Version
    leader_id: UUID | None = None
    worker_ids: Workers = ()
