"""A small HTTP client that keeps a number of connections busy; run in a process of its own.

`python -m bench.generator FILE`: FILE is JSON with host, port, path, connections, seconds and
requests (token, body, and the address a proxy would tell). Every request gets an Idempotency-Key of
its own. The last line of the output is JSON: how many were answered with 201, with something else,
in how many seconds, and how much of a processor this client took.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from time import monotonic, process_time
from typing import cast
from uuid import uuid4

import uvloop

CREATED = b"201"
WARM_UP = 0.5  # seconds


@dataclass
class Tally:
    created: int = 0
    others: int = 0
    counting: bool = False

    def note(self, status: bytes) -> None:
        if not self.counting:
            return
        if status == CREATED:
            self.created += 1
        else:
            self.others += 1


class Connection(asyncio.Protocol):
    """One request under way at a time; the next one leaves when the answer is complete."""

    def __init__(self, requests: Iterator[bytes], tally: Tally) -> None:
        self._requests = requests
        self._tally = tally
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if separator and len(body) >= _length(head):
            self._tally.note(head[9:12])
            self._received = b""
            self._send()

    def _send(self) -> None:
        assert self._transport is not None
        self._transport.write(next(self._requests))


async def main(order: dict[str, object]) -> None:
    loop, tally = asyncio.get_running_loop(), Tally()
    requests = _requests(order)
    for _ in range(int(str(order["connections"]))):
        await loop.create_connection(
            lambda: Connection(requests, tally), str(order["host"]), int(str(order["port"]))
        )
    await asyncio.sleep(WARM_UP)
    started, worked = monotonic(), process_time()
    tally.counting = True
    await asyncio.sleep(float(str(order["seconds"])))
    taken = monotonic() - started
    answer = {
        "created": tally.created,
        "others": tally.others,
        "seconds": taken,
        "processor": (process_time() - worked) / taken,
    }
    sys.stdout.write(json.dumps(answer) + "\n")


def _requests(order: dict[str, object]) -> Iterator[bytes]:
    asked = order["requests"]
    assert isinstance(asked, list)
    run = uuid4().hex
    heads = cycle([_head(order, token, body.encode(), address) for token, body, address in asked])
    for number, (head, tail) in zip(count(), heads, strict=False):
        yield head + f"{run}-{number}".encode() + tail


def _head(order: dict[str, object], token: str, body: bytes, address: str) -> tuple[bytes, bytes]:
    head = (
        f"POST {order['path']} HTTP/1.1\r\nHost: {order['host']}\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        f"X-Forwarded-For: {address}\r\n"
        f"Content-Length: {len(body)}\r\nIdempotency-Key: "
    )
    return head.encode(), b"\r\n\r\n" + body


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))


if __name__ == "__main__":
    uvloop.run(main(json.loads(Path(sys.argv[1]).read_text())))
