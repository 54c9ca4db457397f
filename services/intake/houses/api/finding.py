"""Finding one's estate, being bound to one's house, and leaving it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.intake.houses.commands import Errand, bind, let_go
from services.intake.houses.guards import BindingToEnd, EstateToView, OwnersErrand
from services.intake.houses.queries import (
    bindings_of,
    buildings_of,
    current_house,
    houses_of,
    search_estates,
)
from services.intake.houses.schemas import BindingOut, BindingRequest, EstateDetail, EstateOut
from services.intake.houses.views import binding_out, shown
from services.intake.owners.announcing import owner_as_actor
from services.intake.owners.guards import Consented, CurrentOwner, OwnAccountToChange
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["houses"])

Words = Annotated[
    str,
    Query(max_length=50, pattern=r"^[^\x00]*$", description="Part of the estate's name"),
]


@router.get("/estates")
async def find_estates(
    actor: CurrentOwner, session: SessionDep, paging: Paging, query: Words = ""
) -> Page[EstateOut]:
    """Estates by part of their name."""
    rows = await search_estates(session, query, paging)
    page, following = paging.cut(rows, lambda row: (row.display_name, str(row.id)))
    return Page(items=[EstateOut.of(estate) for estate in page], next=following)


@router.get("/estates/{estate_id}")
async def estate(estate: EstateToView, session: SessionDep) -> EstateDetail:
    """An estate with its buildings and houses, to choose one's own from."""
    buildings = await buildings_of(session, estate)
    return EstateDetail.whole(estate, buildings, await houses_of(session, estate))


@router.post("/bindings", status_code=201, response_model=BindingOut, dependencies=[Consented])
async def request_binding(
    body: BindingRequest,
    once: OnceDep,
    owner: OwnAccountToChange,
    current: CurrentRuntime,
    now: Now,
) -> Response:
    """Say which house is yours; verified at once when the register knows your number (A04)."""

    async def work() -> BindingOut:
        errand = Errand(once.session, current, owner_as_actor(owner.id), now)
        house = await current_house(once.session, body.house_id)
        return await binding_out(errand, await bind(errand, owner, house, body))

    return await once.run(work)


@router.get("/bindings")
async def list_bindings(errand: OwnersErrand, paging: Paging) -> Page[BindingOut]:
    """The own bindings, with those that wait, were refused or have ended."""
    rows = await bindings_of(errand.session, errand.actor.id, paging)
    page, following = paging.cut(rows, lambda row: (str(row[0].id),))
    return Page(items=[shown(errand, *row) for row in page], next=following)


@router.delete("/bindings/{binding_id}", status_code=204)
async def leave(binding: BindingToEnd, errand: OwnersErrand) -> None:
    """Leave a home, or let family or tenants of one's own home go."""
    await let_go(errand, binding)
