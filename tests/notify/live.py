"""Notify behind a real socket, and a window that listens to its stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from services.notify.stream.hub import Hub
from shared.hosting import mounted
from shared.identity import Actor
from shared.serving import server_for
from tests.stage import Stage

PATIENCE = 20  # seconds


@dataclass(frozen=True)
class Heard:
    name: str
    data: Any
    id: str | None


class Window:
    """One open stream."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def hear(self, count: int = 1) -> list[Heard]:
        """The next events; comments are passed over."""
        async with asyncio.timeout(PATIENCE):
            return [await self._one() for _ in range(count)]

    async def told(self, count: int = 1) -> list[Heard]:
        """The next of them that are no counts."""
        found: list[Heard] = []
        while len(found) < count:
            found += [each for each in await self.hear() if each.name != "unread"]
        return found

    async def rest(self) -> list[Heard]:
        """Everything until the stream ends."""
        found = []
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    found.append(await self._one())
                except StopAsyncIteration:
                    return found

    async def _one(self) -> Heard:
        fields: dict[str, str] = {}
        while True:
            line = await anext(self._lines)
            if not line and "event" in fields:
                return Heard(fields["event"], json.loads(fields["data"]), fields.get("id"))
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value


@dataclass(frozen=True)
class Live:
    stage: Stage
    origin: str

    @property
    def hub(self) -> Hub:
        return self.stage.host.runtime.part(Hub)

    @asynccontextmanager
    async def window(self, actor: Actor, last: str | None = None) -> AsyncIterator[Window]:
        headers = dict(self.stage.client(actor).headers)
        if last is not None:
            headers["Last-Event-ID"] = last
        async with (
            httpx.AsyncClient(base_url=self.origin, timeout=PATIENCE) as client,
            client.stream("GET", "/notify/stream", headers=headers) as answer,
        ):
            yield Window(answer)

    @asynccontextmanager
    async def at_rest(self, actor: Actor) -> AsyncIterator[Window]:
        """A window that has got its first count."""
        async with self.window(actor) as window:
            assert [each.name for each in await window.hear()] == ["unread"]
            yield window


@asynccontextmanager
async def live(stage: Stage) -> AsyncIterator[Live]:
    server = server_for(mounted(stage.host))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 — no event to wait for
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Live(stage, f"http://127.0.0.1:{port}")
    finally:
        await stage.host.runtime.part(Hub).close()
        server.should_exit = True
        await serving
