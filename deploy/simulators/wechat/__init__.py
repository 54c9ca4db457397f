"""A simulated WeChat server API: same paths and manners, single app, all in memory."""

from __future__ import annotations

import httpx
from fastapi import FastAPI

from deploy.simulators.safety import refuse_in_production
from deploy.simulators.wechat import api, control, inspection
from deploy.simulators.wechat.messages import SentMessage, Template
from deploy.simulators.wechat.vendor import MiniProgram, Vendor
from shared.clock import Clock

__all__ = ["MiniProgram", "SentMessage", "Template", "Vendor", "build_wechat"]


def build_wechat(
    program: MiniProgram,
    *,
    clock: Clock,
    environment: str,
    network: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """An app to mount at `/simulators/wechat`; its Vendor is `app.state.vendor`.

    `network` is how it reaches the hub; None is the real one.
    """
    refuse_in_production(environment)
    app = FastAPI(title="WeChat simulator")
    app.state.vendor = Vendor(program, clock, network)
    app.include_router(api.router)
    app.include_router(control.router)
    app.include_router(inspection.router)
    return app
