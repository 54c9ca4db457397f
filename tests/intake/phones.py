"""Text messages as the intake tests read them, and people who sign in for the first time."""

from __future__ import annotations

from typing import Any

import httpx
from fastapi import FastAPI

from deploy.simulators.sms import Provider, build_sms
from deploy.simulators.town import sms_account
from deploy.simulators.wechat import Vendor
from services.intake.owners.texting import SmsLine
from shared.sms import TencentSms
from tests.environment import environment
from tests.stage import Stage

SMS = "http://sms.test"
NOTICE = "2025-07"
MOBILE = "13900008888"
OTHER_MOBILE = "13900007777"


async def provider_behind(stage: Stage) -> Provider:
    """The SMS provider as the stage's intake reaches it, in its real wire format."""
    account = sms_account(environment())
    app: FastAPI = build_sms(account, clock=stage.clock, environment="test")
    runtime = stage.host.runtime
    known = runtime.part(SmsLine)
    assert isinstance(known.channel, TencentSms)
    await known.channel.close()
    transport = httpx.ASGITransport(app=app)
    runtime.put(SmsLine(TencentSms(account, stage.clock, SMS, transport), "template-of-codes"))
    simulated: Provider = app.state.provider
    return simulated


async def ask(
    browser: httpx.AsyncClient, mobile: str = MOBILE, purpose: str = "ACCOUNT"
) -> httpx.Response:
    return await browser.post("/sms-codes", json={"mobile": mobile, "purpose": purpose})


def newest_code(provider: Provider, mobile: str = MOBILE) -> str:
    return [sent for sent in provider.sent if sent.phone == f"+86{mobile}"][-1].params[0]


async def sign_in(
    browser: httpx.AsyncClient, vendor: Vendor, person: str, **number: Any
) -> dict[str, Any]:
    """Signs the browser in; its later calls carry the token."""
    session = await browser.post("/sessions", json={"js_code": vendor.log_in(person)} | number)
    assert session.status_code == 201, session.text
    browser.headers["Authorization"] = f"Bearer {session.json()['access_token']}"
    return dict(session.json())


async def arrive(
    browser: httpx.AsyncClient, vendor: Vendor, person: str, **number: Any
) -> dict[str, Any]:
    """Signs the browser in, and agrees to the notice."""
    session = await sign_in(browser, vendor, person, **number)
    assert (await consent(browser)).status_code == 200
    return session


async def consent(browser: httpx.AsyncClient, **age: Any) -> httpx.Response:
    return await browser.put(
        "/me/consent", json={"version": NOTICE} | (age or {"age_band": "ADULT"})
    )
