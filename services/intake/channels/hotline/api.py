"""The door of the 12345 hotline's adapter."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.channels.hotline.guards import ImportedOrder, OrderSender
from services.intake.channels.hotline.importing import import_order
from services.intake.channels.hotline.queries import replies_of
from services.intake.channels.hotline.schemas import ClientCredentials, HotlineOrder, HotlineSession
from services.intake.channels.hotline.sessions import open_hotline_session
from services.intake.channels.hotline.views import RepliesOut
from services.intake.channels.places import Place
from services.intake.complaints.receipts import answer_with
from services.intake.complaints.schemas import Receipt
from shared.web.dependencies import CurrentRuntime, SessionDep

router = APIRouter(prefix="/hotline", tags=["hotline"])


@router.post("/sessions", status_code=201)
async def open_session(body: ClientCredentials, current: CurrentRuntime) -> HotlineSession:
    """An access token for the hotline's adapter."""
    return await open_hotline_session(current, body)


@router.post("/orders", status_code=201, response_model=Receipt)
async def take_order(body: HotlineOrder, actor: OrderSender, current: CurrentRuntime) -> Response:
    """Import a work order; its number makes it unique, so it may be sent again (B03)."""
    filed = await import_order(current, actor, body)
    return answer_with(current, filed, body.draft(Place()))


@router.get("/orders/{order_number}/reply")
async def reply(order: ImportedOrder, current: CurrentRuntime, session: SessionDep) -> RepliesOut:
    """What the hotline is told about an order, oldest first, whether it has been sent or not."""
    return RepliesOut.of(current, order, await replies_of(session, order.id))
