"""Simulated 12345 hotline: mount at `/simulators/hotline`."""

from __future__ import annotations

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from deploy.simulators.hotline.api import router
from deploy.simulators.hotline.orders import Hotline, Push, ReceivedReply
from deploy.simulators.safety import refuse_in_production
from shared.clock import Clock
from shared.signatures import SharedSecret, SignatureRejected

__all__ = ["Hotline", "ReceivedReply", "build_hotline"]

PUSH_PATH = "/intake/hotline/orders"


def build_hotline(
    *,
    account: str,
    key: SharedSecret,
    hub_url: str,
    clock: Clock,
    environment: str,
    transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """`key` is what both sides sign with; `hub_url` the origin that orders are pushed to."""
    refuse_in_production(environment)
    app = FastAPI(title="12345 hotline simulator")
    push = Push(hub_url.rstrip("/") + PUSH_PATH, account, key, clock, transport)
    app.state.hotline = Hotline(key, clock, push)
    app.include_router(router)
    app.add_exception_handler(SignatureRejected, _say_no)
    return app


async def _say_no(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": type(error).__name__}, 401)
