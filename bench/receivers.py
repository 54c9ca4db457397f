"""Webhook receivers of a measurement, in a process of their own: fast, and one that is dead.

`python -m bench.receivers N` opens N ports that answer 204 to every POST, and one that takes
connections and never answers; it prints the ports, the dead one last.
"""

from __future__ import annotations

import asyncio
import re
import sys
from functools import partial

ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"
LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"


class Receiver(asyncio.Protocol):
    """Just enough HTTP to know where a request ends."""

    def __init__(self, *, dead: bool) -> None:
        self._dead = dead
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (rest := _after_request(self._read)) is not None:
            self._read = rest
            if not self._dead:
                self._transport.write(ANSWER)


def _after_request(read: bytes) -> bytes | None:
    """What follows the first whole request, None while it is not whole."""
    head, end, rest = read.partition(HEAD_END)
    if not end:
        return None
    found = LENGTH.search(head)
    length = int(found[1]) if found else 0
    return rest[length:] if len(rest) >= length else None


async def main(number: int) -> None:
    loop = asyncio.get_running_loop()
    kinds = [partial(Receiver, dead=dead) for dead in [False] * number + [True]]
    servers = [await loop.create_server(kind, "127.0.0.1", 0) for kind in kinds]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
