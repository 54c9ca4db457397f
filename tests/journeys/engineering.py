"""A world of separate processes for whoever connects a system to it, and its one clock."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bench.processes import answers, running
from bench.world import World, private_world
from deploy.demo import world as demo
from deploy.demo.callers import Caller, hotline, staff
from shared.clock import SystemClock
from tests import moved

PROCESSES = (
    ("intake", "worker"),
    ("routing", "worker"),
    ("notify", "worker"),
    ("intake", "api"),
    ("routing", "api"),
    ("notify", "api"),
)


class OneOrigin(httpx.AsyncBaseTransport):
    """What stands before the services in an installation: the first part of the path decides."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        service = request.url.path.split("/")[1]
        request.url = request.url.copy_with(port=self._world.ports[service])
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass
class City:
    """`folder` is for whoever needs files; `ahead` is how far all clocks are ahead."""

    world: World
    client: httpx.AsyncClient
    folder: Path
    ahead: timedelta = timedelta(0)

    @property
    def ahead_file(self) -> Path:
        return self.folder / "ahead"

    @property
    def now(self) -> datetime:
        return SystemClock().now() + self.ahead

    def through(self) -> Sequence[str]:
        """What a program is started through to have the clock of this city."""
        return (sys.executable, "-m", "tests.moved", str(self.ahead_file))

    def pass_time(self, step: timedelta) -> None:
        self.ahead += step
        moved.move(self.ahead_file, self.ahead)

    def staff(self, account: str) -> Caller:
        """Signs in with the first request."""
        password = self.world.environment["LIUDUAN_DEMO_PASSWORD"]
        return staff(self.client, demo.staff(account), password)

    def hotline(self) -> Caller:
        keys = self.world.environment
        return hotline(
            self.client, keys["LIUDUAN_HOTLINE_CLIENT_ID"], keys["LIUDUAN_HOTLINE_CLIENT_SECRET"]
        )

    async def order(self, text: str) -> str:
        """An order of the hotline; returns its number."""
        number = f"ENG-{uuid4().hex[:12]}"
        order: dict[str, Any] = {
            "order_number": number,
            "accepted_at": self.now.isoformat(),
            "estate": "温泉花园",
            "title": "物业费争议",
            "text": text,
        }
        await self.hotline().post("/intake/hotline/orders", order)
        return number


@asynccontextmanager
async def city(folder: Path) -> AsyncIterator[City]:
    """Intake, routing and notify, each an API and a worker, over a broker of their own."""
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(private_world(broker=True))
        client = httpx.AsyncClient(
            transport=OneOrigin(world), base_url="http://127.0.0.1", timeout=30
        )
        city = City(world, await stack.enter_async_context(client), folder)
        city.pass_time(timedelta(0))
        apis = []
        for service, role in PROCESSES:
            log = folder / f"{service}-{role}.log"
            _, _, module, *words = world.command(service, role)
            command = [*city.through(), module, *words]
            process = await stack.enter_async_context(running(command, world.environment, log))
            if role == "api":
                apis.append((f"{world.origin(service)}/{service}/ready", process, log))
        for api in apis:
            await answers(*api)
        yield city
