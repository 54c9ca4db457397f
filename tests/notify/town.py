"""The outside world as notify meets it: WeChat, the SMS provider, a department, a court."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import httpx
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from deploy.simulators import build_court, build_department, build_sms, build_wechat
from deploy.simulators.party import Party, ReceivedDelivery
from deploy.simulators.sms import Provider, SentSms
from deploy.simulators.wechat import MiniProgram, SentMessage, Template, Vendor
from services.notify.channels.templates import TemplateBook
from services.notify.messages.domain.catalogue import Template as Subscription
from shared.clock import SimulatedClock
from shared.signatures import PrivateKey, SharedSecret
from shared.sms import Tc3Key, TencentAccount
from tests.environment import environment
from tests.samples import COURT, FIRE
from tests.stage import ORIGIN

VARIABLES = {
    "LIUDUAN_PUBLIC_URL": ORIGIN,
    "LIUDUAN_SIMULATORS_URL": ORIGIN,
    "LIUDUAN_WECHAT_URL": f"{ORIGIN}/simulators/wechat",
    "LIUDUAN_SMS_URL": f"{ORIGIN}/simulators/sms",
}


class Network(httpx.AsyncBaseTransport):
    """The way to the town; keeps what went over it, and calls `watch` at every call."""

    def __init__(self, **apps: FastAPI) -> None:
        mounts = [Mount(f"/simulators/{name}", app) for name, app in apps.items()]
        self.town = Starlette(routes=mounts)
        self._way = httpx.ASGITransport(app=self.town)
        self.requests: list[httpx.Request] = []
        self.watch: Callable[[], None] = lambda: None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.watch()
        return await self._way.handle_async_request(request)


@dataclass
class Town:
    wechat: FastAPI
    sms: FastAPI
    department: FastAPI
    court: FastAPI

    @cached_property
    def network(self) -> Network:
        return Network(
            wechat=self.wechat, sms=self.sms, department=self.department, court=self.court
        )

    @property
    def vendor(self) -> Vendor:
        vendor: Vendor = self.wechat.state.vendor
        return vendor

    @property
    def provider(self) -> Provider:
        provider: Provider = self.sms.state.provider
        return provider

    def party(self, organisation_id: UUID) -> Party:
        app = self.department if organisation_id == FIRE else self.court
        party: Party = app.state.party
        return party

    def wechat_to(self, person: str) -> Sequence[SentMessage]:
        openid = self.vendor.openid(person)
        return [sent for sent in self.vendor.messages.sent if sent.openid == openid]

    def sms_to(self, mobile: str) -> Sequence[SentSms]:
        return [sent for sent in self.provider.sent if sent.phone == f"+86{mobile}"]

    def hooked(self, organisation_id: UUID) -> Sequence[ReceivedDelivery]:
        return self.party(organisation_id).organisations.received(organisation_id)

    def accept(self, person: str, subscription: Subscription, prompts: int = 1) -> None:
        """The person's own side of an acceptance: the vendor's allowance."""
        template = TemplateBook.embedded().id_of(subscription)
        assert template is not None
        self.vendor.messages.subscribe(self.vendor.openid(person), template, prompts)


def build_town(clock: SimulatedClock) -> Town:
    """The department and the court hold the platform's public key and nothing else of ours."""
    town = Town(
        wechat=build_wechat(_mini_program(), clock=clock, environment="test"),
        sms=build_sms(_account(), clock=clock, environment="test"),
        department=build_department(hub_url=ORIGIN, clock=clock, environment="test"),
        court=build_court(hub_url=ORIGIN, clock=clock, environment="test"),
    )
    hub_key = PrivateKey.parse(environment()["LIUDUAN_WEBHOOK_SIGNING_KEY"]).public().text()
    for organisation in (FIRE, COURT):
        own_key = SharedSecret.generate().text()
        town.party(organisation).organisations.enrol(organisation, own_key, [hub_key])
    return town


def _mini_program() -> MiniProgram:
    book = TemplateBook.embedded()
    templates = [
        Template(template_id=each.template_id, content=each.content)
        for each in book.templates.values()
    ]
    variables = environment()
    return MiniProgram(
        variables["LIUDUAN_WECHAT_APP_ID"], variables["LIUDUAN_WECHAT_APP_SECRET"], templates
    )


def _account() -> TencentAccount:
    variables = environment()
    key = Tc3Key(variables["LIUDUAN_SMS_SECRET_ID"], variables["LIUDUAN_SMS_SECRET_KEY"])
    return TencentAccount(key, variables["LIUDUAN_SMS_APP_ID"], variables["LIUDUAN_SMS_SIGN_NAME"])
