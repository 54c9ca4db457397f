"""A simulated SMS provider in Tencent Cloud's wire format, with its signature check."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI

from deploy.simulators.safety import refuse_in_production
from deploy.simulators.sms.api import router
from deploy.simulators.sms.provider import Provider, SentSms
from shared.clock import Clock
from shared.sms import TencentAccount

__all__ = ["Provider", "SentSms", "build_sms"]


def build_sms(
    account: TencentAccount,
    *,
    clock: Clock,
    environment: str,
    templates: Mapping[str, int] | None = None,
) -> FastAPI:
    """An app to mount at `/simulators/sms`; its Provider is `app.state.provider`."""
    refuse_in_production(environment)
    app = FastAPI(title="SMS simulator")
    app.state.provider = Provider(account, clock, templates)
    app.include_router(router)
    return app
