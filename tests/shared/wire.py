"""A TCP line to a server that a test can cut or silence, as networks do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Wire:
    """`url` is the server's address with the wire in between."""

    target: str
    url: str = ""
    _flows: asyncio.Event = field(default_factory=asyncio.Event)
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """Every connection breaks off; new ones pass."""
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    def silence(self) -> None:
        """Nothing breaks, and nothing arrives any more."""
        self._flows.clear()

    def restore(self) -> None:
        self._flows.set()

    async def connect(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        parts = urlsplit(self.target)
        far, question = await asyncio.open_connection(parts.hostname, parts.port)
        self._ends |= {answer, question}
        with suppress(OSError):
            await asyncio.gather(self._carry(near, question), self._carry(far, answer))
        answer.close()
        question.close()

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65_536):
            await self._flows.wait()
            target.write(data)
            await target.drain()
        target.close()


@asynccontextmanager
async def wired(target: str) -> AsyncIterator[Wire]:
    wire = Wire(target)
    wire.restore()
    server = await asyncio.start_server(wire.connect, "127.0.0.1", 0)
    parts = urlsplit(target)
    port = server.sockets[0].getsockname()[1]
    wire.url = target.replace(f":{parts.port}", f":{port}")
    try:
        yield wire
    finally:
        wire.restore()
        server.close()
        wire.cut()
