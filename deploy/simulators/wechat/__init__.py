"""A simulated WeChat server API: same paths and manners, single app, all in memory."""

from __future__ import annotations

from fastapi import FastAPI

from deploy.simulators.safety import refuse_in_production
from deploy.simulators.wechat import api, control
from deploy.simulators.wechat.messages import SentMessage, Template
from deploy.simulators.wechat.vendor import MiniProgram, Vendor
from shared.clock import Clock

__all__ = ["MiniProgram", "SentMessage", "Template", "Vendor", "build_wechat"]


def build_wechat(program: MiniProgram, *, clock: Clock, environment: str) -> FastAPI:
    """An app to mount at `/simulators/wechat`; its Vendor is `app.state.vendor`."""
    refuse_in_production(environment)
    app = FastAPI(title="WeChat simulator")
    app.state.vendor = Vendor(program, clock)
    app.include_router(api.router)
    app.include_router(control.router)
    return app
