"""A WeChat client in front of the simulator, mounted as in the embedded system."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest
from fastapi import FastAPI

from deploy.simulators import build_wechat
from deploy.simulators.wechat import MiniProgram, Template, Vendor
from shared.clock import BEIJING, SimulatedClock
from shared.wechat import Credentials, MemoryTokenStore, WeChatClient, Wire

APPID = "wx0000000000000001"
SECRET = "an-invented-app-secret"
BASE_URL = "http://hub.test/simulators/wechat"
ACCEPTED = Template(template_id="accepted", content="{{thing1.DATA}}\n{{character_string2.DATA}}")
LONG_TERM = Template(template_id="long", content="{{phrase1.DATA}}", type="long_term")
PAGE = "pages/case/show"
BEGINNING = datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(BEGINNING)


@pytest.fixture
def simulator(clock: SimulatedClock) -> FastAPI:
    program = MiniProgram(APPID, SECRET, templates=[ACCEPTED, LONG_TERM], pages=[PAGE])
    return build_wechat(program, clock=clock, environment="test")


@pytest.fixture
def vendor(simulator: FastAPI) -> Vendor:
    vendor: Vendor = simulator.state.vendor
    return vendor


@pytest.fixture
def transport(simulator: FastAPI) -> httpx.ASGITransport:
    hub = FastAPI()
    hub.mount("/simulators/wechat", simulator)
    return httpx.ASGITransport(app=hub)


@pytest.fixture
def pauses() -> list[float]:
    """How long the client would have waited before trying again."""
    return []


@pytest.fixture
async def wire(transport: httpx.ASGITransport, pauses: list[float]) -> AsyncIterator[Wire]:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    wire = Wire(BASE_URL, transport=transport, pause=pause)
    yield wire
    await wire.close()


@pytest.fixture
def credentials() -> Credentials:
    return Credentials(APPID, SECRET)


@pytest.fixture
def store() -> MemoryTokenStore:
    return MemoryTokenStore()


@pytest.fixture
def client(
    wire: Wire, credentials: Credentials, store: MemoryTokenStore, clock: SimulatedClock
) -> WeChatClient:
    return WeChatClient(wire, credentials, store, clock)


@pytest.fixture
async def browser(transport: httpx.ASGITransport) -> AsyncIterator[httpx.AsyncClient]:
    """Bare HTTP, to see what the vendor really sends."""
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as browser:
        yield browser
