"""Receivers of webhooks on real sockets, which do as they are told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from shared.egress import Address


@dataclass(frozen=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def webhook_id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """`script` answers; `most_at_once` is how many requests it held at the same time."""

    script: Script
    port: int = 0
    connections: int = 0
    requests: list[Received] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def url(self, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                self.requests.append(await _read(reader))
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                try:
                    await self.script(writer)
                finally:
                    self.at_once -= 1


Script = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def receiving(
    script: Script, context: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    receiver, handlers = Receiver(script), set[asyncio.Task[None]]()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        handlers.add(task)
        try:
            with suppress(asyncio.CancelledError):
                await receiver.serve(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)


def answers(status: int, body: bytes = b"", **headers: str) -> Script:
    """Always the same."""
    lines = [f"HTTP/1.1 {status} Said", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return script


def in_turn(*scripts: Script) -> Script:
    """One after the other; the last one for ever."""
    left = list(scripts)

    async def script(writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(writer)

    return script


async def silence(writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def slow_loris(writer: asyncio.StreamWriter) -> None:
    """A header line that grows by a letter now and then, and never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless_body(writer: asyncio.StreamWriter) -> None:
    """As much as is taken, until somebody hangs up."""
    writer.write(b"HTTP/1.1 500 Said\r\ncontent-length: 1000000000\r\n\r\n")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    raise ConnectionResetError


async def no_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    await writer.drain()


@dataclass
class Names:
    """A resolver that answers as it is told: each name in turn, the last answer for ever."""

    answers: dict[str, list[Sequence[str]]]
    asked: list[str] = field(default_factory=list)

    async def addresses(self, name: str) -> Sequence[Address]:
        self.asked.append(name)
        turn = self.answers.get(name)
        if turn is None:
            raise OSError("unknown name")
        return [ip_address(each) for each in (turn.pop(0) if len(turn) > 1 else turn[0])]


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head)}
    return Received(headers, await reader.readexactly(int(headers["content-length"])))
