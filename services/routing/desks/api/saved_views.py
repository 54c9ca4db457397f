"""Saved views of worklists: one's own, and those that colleagues share."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.desks.commands.saved_views import change, remove, save, saved_views
from services.routing.desks.guards import AtDesk, OwnView
from services.routing.desks.schemas import SavedViewIn, SavedViewOut, SavedViewsOut
from services.routing.desks.views import saved_view_out
from shared.web.once import OnceDep

router = APIRouter(prefix="/worklist/views", tags=["desks"])


@router.get("")
async def views(on: AtDesk) -> SavedViewsOut:
    """By name; a person has no more than fifty of their own."""
    return SavedViewsOut(items=[saved_view_out(on, view) for view in await saved_views(on)])


@router.post("", status_code=201, response_model=SavedViewOut)
async def keep(body: SavedViewIn, on: AtDesk, once: OnceDep) -> Response:
    """Keep a filter under a name; one that no worklist takes is refused."""

    async def work() -> SavedViewOut:
        return saved_view_out(on, await save(on, body))

    return await once.run(work)


@router.put("/{view_id}")
async def replace(view: OwnView, body: SavedViewIn, on: AtDesk) -> SavedViewOut:
    """The view as a whole, by its owner."""
    return saved_view_out(on, await change(on, view, body))


@router.delete("/{view_id}", status_code=204)
async def forget(view: OwnView, on: AtDesk) -> None:
    """Also ends its being shared."""
    await remove(on, view)
