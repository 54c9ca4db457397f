"""Supervision orders of a case, and the list of what was carried further up."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.guards import CaseToRead
from services.routing.cases.schemas import CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.supervision.commands.supervise import Order, answer, supervise
from services.routing.supervision.domain.orders import Cause
from services.routing.supervision.guards import CaseToAnswerFor, CaseToSupervise
from services.routing.supervision.queries import escalated, order_of, orders_of
from services.routing.supervision.schemas import AnswerIn, EscalationOut, OrderIn, OrdersOut
from services.routing.supervision.views import escalation_out, order_out
from shared.web.paging import Page, Paging

router = APIRouter(tags=["supervision"])


@router.post("/cases/{case_id}/supervision", response_model=CaseSummary)
async def order(file: CaseToSupervise, body: OrderIn, deed: DeedDep) -> Response:
    """T44: leader, street, centre or city press the case forward."""
    wanted = Order(Cause.ORDERED, body.reason)
    return await answered(deed, file, lambda: supervise(deed.on, file, wanted))


@router.get("/cases/{case_id}/supervision")
async def orders(file: CaseToRead, on: OccasionDep) -> OrdersOut:
    """All orders of the case, oldest first."""
    rows = await orders_of(on.session, file.case.id)
    return OrdersOut(items=[order_out(on, file, row) for row in rows])


@router.post("/cases/{case_id}/supervision/{order_id}/answer", response_model=CaseSummary)
async def answer_order(
    file: CaseToAnswerFor, order_id: UUID, body: AnswerIn, deed: DeedDep
) -> Response:
    """What the assignee does about the order."""
    row = await order_of(deed.on.session, file.case.id, order_id)
    return await answered(deed, file, lambda: answer(deed.on, file, row, body.text))


@router.get("/escalations")
async def escalations(
    on: OccasionDep, page: Paging, colour: Literal["ORANGE", "RED"] | None = None
) -> Page[EscalationOut]:
    """Breaches that nobody mended in time, newest first: the weekly and monthly sheets (3.6)."""
    found = await escalated(on.session, on.actor, colour, page)
    shown, following = page.cut(found, lambda row: (str(row[0].id),))
    return Page(items=[escalation_out(*row) for row in shown], next=following)
