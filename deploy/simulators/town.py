"""All stand-ins of one world: WeChat, the SMS provider, 12345, every department and court."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import FastAPI
from starlette.routing import Mount

from deploy.demo.integration import integration_key
from deploy.simulators.court import build_court
from deploy.simulators.department import build_department
from deploy.simulators.hotline import build_hotline
from deploy.simulators.sms import build_sms
from deploy.simulators.wechat import build_wechat
from deploy.simulators.wechat.messages import Template
from deploy.simulators.wechat.pushing import PushTarget
from deploy.simulators.wechat.vendor import MiniProgram
from shared.clock import Clock
from shared.signatures import PrivateKey, SharedSecret
from shared.sms.tc3 import Tc3Key
from shared.sms.tencent import TencentAccount


@dataclass(frozen=True)
class Town:
    wechat: FastAPI
    sms: FastAPI
    department: FastAPI
    court: FastAPI
    hotline: FastAPI

    def mounts(self) -> list[Mount]:
        return [Mount(f"/simulators/{name}", app) for name, app in vars(self).items()]


def build_town(
    environment: Mapping[str, str],
    clock: Clock,
    *,
    departments: Collection[UUID],
    courts: Collection[UUID],
    templates: Collection[Template],
) -> Town:
    """The organisations know their own keys and the hub's public one from the start.

    Raises SimulatorRefused unless the environment is that of the embedded mode.
    """
    where = "embedded" if environment.get("LIUDUAN_EMBEDDED") == "1" else "not embedded"
    hub_url = environment["LIUDUAN_PUBLIC_URL"]
    department = build_department(hub_url=hub_url, clock=clock, environment=where)
    court = build_court(hub_url=hub_url, clock=clock, environment=where)
    _enrol(department, departments, environment)
    _enrol(court, courts, environment)
    program = _mini_program(environment, templates)
    wechat = build_wechat(program, clock=clock, environment=where)
    wechat.state.vendor.pusher.target = _push_target(environment, hub_url)
    return Town(
        wechat=wechat,
        sms=build_sms(sms_account(environment), clock=clock, environment=where),
        department=department,
        court=court,
        hotline=build_hotline(
            account=environment["LIUDUAN_HOTLINE_CLIENT_ID"],
            key=SharedSecret.parse(environment["LIUDUAN_HOTLINE_KEYS"].split()[0]),
            hub_url=hub_url,
            clock=clock,
            environment=where,
        ),
    )


def _enrol(app: FastAPI, organisations: Collection[UUID], environment: Mapping[str, str]) -> None:
    hub_key = PrivateKey.parse(environment["LIUDUAN_WEBHOOK_SIGNING_KEY"]).public().text()
    for organisation_id in organisations:
        own_key = integration_key(environment["LIUDUAN_DEMO_INTEGRATION_SEED"], organisation_id)
        app.state.party.organisations.enrol(organisation_id, own_key, [hub_key])


def _mini_program(environment: Mapping[str, str], templates: Collection[Template]) -> MiniProgram:
    return MiniProgram(
        appid=environment["LIUDUAN_WECHAT_APP_ID"],
        secret=environment["LIUDUAN_WECHAT_APP_SECRET"],
        templates=templates,
    )


def _push_target(environment: Mapping[str, str], hub_url: str) -> PushTarget | None:
    token = environment.get("LIUDUAN_WECHAT_PUSH_TOKEN")
    if not token:
        return None
    aes_key = environment.get("LIUDUAN_WECHAT_PUSH_AES_KEY", "")
    return PushTarget(
        url=f"{hub_url}/intake/wechat/push",
        token=token,
        aes_key=aes_key,
        mode="secure" if aes_key else "plain",
        subscribe_events=True,
    )


def sms_account(environment: Mapping[str, str]) -> TencentAccount:
    return TencentAccount(
        key=Tc3Key(environment["LIUDUAN_SMS_SECRET_ID"], environment["LIUDUAN_SMS_SECRET_KEY"]),
        app_id=environment["LIUDUAN_SMS_APP_ID"],
        sign_name=environment["LIUDUAN_SMS_SIGN_NAME"],
    )
