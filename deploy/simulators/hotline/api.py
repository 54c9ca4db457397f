"""The hotline over HTTP: a page of orders, an address for replies, and trouble on command."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request, Response, status

from deploy.simulators.faults import Fault
from deploy.simulators.hotline.orders import Hotline, PushAnswer, ReceivedReply

router = APIRouter()


def hotline_of(request: Request) -> Hotline:
    found: Hotline = request.app.state.hotline
    return found


HotlineHere = Annotated[Hotline, Depends(hotline_of)]
Order = Annotated[Any, Body()]


@router.get("/orders", tags=["Hotline"])
async def orders(
    request: Request, hotline: HotlineHere, after: str | None = None, limit: int = 100
) -> Response:
    """The oldest orders after a cursor."""

    def effect() -> Response:
        page = json.dumps(hotline.page(request.headers, after, limit))
        return Response(page, media_type="application/json")

    return await hotline.script.play("orders", effect)


@router.post("/replies", tags=["Hotline"])
async def reply(request: Request, hotline: HotlineHere) -> Response:
    """204 when the signature is good, also for a repetition."""
    body = await request.body()

    def effect() -> Response:
        hotline.receive(body, request.headers)
        return Response(status_code=status.HTTP_204_NO_CONTENT)

    return await hotline.script.play("replies", effect)


@router.post("/_control/orders", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def add_order(order: Order, hotline: HotlineHere) -> None:
    """An order to be fetched; whatever it is, a bad one is what some test is about."""
    hotline.orders.append(order)


@router.post("/_control/push", tags=["Control"])
async def push_order(order: Order, hotline: HotlineHere) -> PushAnswer:
    """Push an order to the hub, signed."""
    return await hotline.push.send(order)


@router.post("/_control/faults", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def script_fault(fault: Fault, hotline: HotlineHere) -> None:
    """`call` is `orders` or `replies`."""
    hotline.script.add(fault)


@router.get("/_control/replies", tags=["Control"])
async def replies(hotline: HotlineHere, order_number: str | None = None) -> list[ReceivedReply]:
    """What was received, oldest first; to one order, or to all."""
    return hotline.replies(order_number)
