"""Work orders of the hotline, signed and unsigned, and the hotline behind a stage."""

from __future__ import annotations

import json
from typing import Any

import httpx
from fastapi import FastAPI

from deploy.simulators import build_hotline
from deploy.simulators.hotline import Hotline
from services.intake.channels.hotline.pulling import OrderPuller
from services.intake.channels.hotline.sending import ReplySender
from services.intake.channels.hotline.wire import HotlineWire, HttpPull
from shared.signatures import SharedSecret, sign
from tests.environment import environment
from tests.intake.people import TEXT
from tests.stage import Stage

NUMBER = "XN12345-20260302-0007"
CLIENT = environment()["LIUDUAN_HOTLINE_CLIENT_ID"]
KEY = SharedSecret.parse(environment()["LIUDUAN_HOTLINE_KEYS"])
HOTLINE = "http://hotline.test"
STRANGERS_MOBILE = "13900000042"


def named_order(**changes: Any) -> dict[str, Any]:
    """With a name of the estate, as a hotline knows it."""
    return {
        "order_number": NUMBER,
        "accepted_at": "2026-03-02T08:55:00+08:00",
        "estate": "温泉花园小区",
        "title": "楼道照明损坏",
        "text": TEXT,
    } | changes


def signed(stage: Stage, order: dict[str, Any], **changes: str) -> dict[str, Any]:
    """Options of a request with the signed body; `changes` are headers that are other than true."""
    body = json.dumps(order, ensure_ascii=False).encode()
    headers = sign(body, id="msg_1", at=stage.clock.now(), keys=[KEY])
    headers |= {"liuduan-client": CLIENT, "content-type": "application/json"}
    return {"content": body, "headers": headers | changes}


async def hotline_behind(stage: Stage) -> Hotline:
    """A hotline that the stage's worker talks to."""
    app: FastAPI = build_hotline(
        account=CLIENT, key=KEY, hub_url="http://hub.test", clock=stage.clock, environment="test"
    )
    runtime = stage.host.runtime
    await runtime.part(HotlineWire).close()
    wire = HotlineWire(CLIENT, [KEY], stage.clock, httpx.ASGITransport(app=app))
    runtime.put(wire)
    runtime.put(ReplySender(runtime, wire, f"{HOTLINE}/replies"))
    runtime.put(OrderPuller(runtime, CLIENT, HttpPull(wire, f"{HOTLINE}/orders")))
    found: Hotline = app.state.hotline
    return found


async def send_replies(stage: Stage) -> int:
    return await stage.host.runtime.part(ReplySender).pump()


async def fetch_orders(stage: Stage) -> int:
    return await stage.host.runtime.part(OrderPuller).pump()
