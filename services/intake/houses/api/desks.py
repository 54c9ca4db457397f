"""The company and the community say who lives where."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.houses.deciding import decide
from services.intake.houses.desk import requests_at, shown_at_desk
from services.intake.houses.domain.binding import BindingState
from services.intake.houses.guards import DesksErrand, RequestToDecide
from services.intake.houses.schemas import BindingDecision, DecisionOut, HomeRequestOut
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["homes at desks"])


@router.get("/binding-requests")
async def requests(errand: DesksErrand, paging: Paging) -> Page[HomeRequestOut]:
    """Who waits to be bound to a home in the own estates or grids, oldest first."""
    rows = await requests_at(errand, paging)
    page, following = paging.cut(rows, lambda row: (str(row.id),))
    return Page(items=await shown_at_desk(errand, page), next=following)


@router.post("/binding-requests/{binding_id}/decision", status_code=201, response_model=DecisionOut)
async def decision(
    body: BindingDecision, binding: RequestToDecide, errand: DesksErrand, once: OnceDep
) -> Response:
    """Approve, or refuse with a reason."""

    async def work() -> DecisionOut:
        await decide(errand, binding, body)
        return DecisionOut(id=binding.id, state=BindingState(binding.state))

    return await once.run(work)
