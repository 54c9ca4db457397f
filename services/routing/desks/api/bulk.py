"""One action on many cases: a preview to look at, then its execution."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.desks.commands.bulk import execute, preview
from services.routing.desks.guards import DeskDeed
from services.routing.desks.schemas import BulkIn, BulkOut
from services.routing.desks.views import bulk_out

router = APIRouter(prefix="/bulk", tags=["desks"])


@router.post("/previews", status_code=201, response_model=BulkOut)
async def show(body: BulkIn, deed: DeskDeed) -> Response:
    """What the action would do to each case; nothing is changed."""

    async def work() -> BulkOut:
        return bulk_out(await preview(deed.on, body))

    return await deed.once.run(work)


@router.post("/{preview_id}/execution", response_model=BulkOut)
async def carry_out(preview_id: UUID, deed: DeskDeed) -> Response:
    """Does what was shown to apply, case by case; asked again, the answer is the same."""

    async def work() -> BulkOut:
        return bulk_out(await execute(deed.on, preview_id))

    return await deed.once.run(work, status=200)
