"""Asking what addresses a name has."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Protocol

from shared.egress.ranges import Address

AT_ONCE = 64  # questions; those that nobody answers must not hold up the others


class Resolver(Protocol):
    async def addresses(self, name: str) -> Sequence[Address]:
        """All of them, the preferred one first. Raises OSError."""
        ...


class SystemResolver:
    """The resolver of the operating system, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="resolver")

    async def addresses(self, name: str) -> Sequence[Address]:
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _ask, name)
        return [ip_address(where[0]) for *_, where in found]

    def close(self) -> None:
        """Without waiting for answers that nobody wants any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _ask(name: str) -> list[tuple[object, object, object, object, tuple[str | int, ...]]]:
    return socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)  # type: ignore[return-value]
