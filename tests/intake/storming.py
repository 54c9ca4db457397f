"""A bare HTTP client for storms: many requests over few connections, to more than one process.

What got no answer may or may not have happened; it is sent again, like a telephone would.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

CONNECTIONS = 64
PAUSE = 0.05  # seconds before an unanswered request is sent again
UNAVAILABLE = 503


@dataclass(frozen=True)
class Shot:
    """`key` and `body` say what is asked; `token` who asks."""

    key: str
    body: bytes
    token: str

    def request(self) -> bytes:
        head = (
            "POST /intake/complaints HTTP/1.1\r\nHost: storm\r\n"
            f"Authorization: Bearer {self.token}\r\nIdempotency-Key: {self.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n"
        )
        return head.encode() + self.body


@dataclass(frozen=True)
class Hit:
    shot: Shot
    status: int
    content: bytes

    @property
    def code(self) -> str:
        return str(json.loads(self.content).get("code", ""))


@dataclass
class Storm:
    """`turns` happen once so many requests are answered; `unanswered` counts those sent again."""

    ports: Sequence[int]
    turns: Mapping[int, Callable[[], object]] = field(default_factory=dict)
    unanswered: int = 0
    hits: list[Hit] = field(default_factory=list)

    async def fire(self, shots: Iterable[Shot]) -> Sequence[Hit]:
        """In their order, over connections that are spread over the ports."""
        waiting = list(reversed(list(shots)))
        numbers = count()
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._connection(waiting, numbers))
        return self.hits

    async def _connection(self, waiting: list[Shot], numbers: count[int]) -> None:
        while waiting:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._talk(waiting, self.ports[next(numbers) % len(self.ports)])
            await asyncio.sleep(PAUSE)

    async def _talk(self, waiting: list[Shot], port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while waiting:
                await self._ask(reader, writer, waiting)
        finally:
            writer.close()

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: list[Shot]
    ) -> None:
        """Whatever happens to the connection, the shot is answered or waits again."""
        shot = waiting.pop()
        try:
            writer.write(shot.request())
            status, content = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            self._again(waiting, shot)
            raise
        if status == UNAVAILABLE:
            self._again(waiting, shot)
            return
        self.hits.append(Hit(shot, status, content))
        if turn := self.turns.get(len(self.hits)):
            turn()

    def _again(self, waiting: list[Shot], shot: Shot) -> None:
        self.unanswered += 1
        waiting.append(shot)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = next(line for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    return int(head.split(b" ", 2)[1]), await reader.readexactly(int(length[15:]))
