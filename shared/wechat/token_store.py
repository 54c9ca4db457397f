"""Where the one access token of an appid lives, shared by all that call with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from shared.wechat.errors import STABLE_TOKEN, Unreachable


@dataclass(frozen=True)
class StoredToken:
    """A token and when it ends. `version` counts replacements, `forced_at` is the last force."""

    value: str = field(repr=False)
    expires_at: datetime
    version: int
    forced_at: datetime | None = None


class TokenStore(Protocol):
    """One store holds the token of one appid."""

    async def read(self) -> StoredToken | None:
        """The newest token, which may have expired."""
        ...

    async def replace(self, fresh: StoredToken) -> StoredToken:
        """Stores `fresh` if the stored version is the one before it (none counts as 0).

        Answers what is stored afterwards: `fresh`, or what somebody else stored meanwhile.
        """
        ...

    def refreshing(self, *, wait: bool = True) -> AbstractAsyncContextManager[object]:
        """Held by one at a time while it fetches; the others read again.

        Raises Unreachable when it cannot be had, without `wait` at once: nothing was asked of the
        vendor then.
        """
        ...


class MemoryTokenStore:
    """For one process: tests, the embedded default and tools."""

    def __init__(self) -> None:
        self._token: StoredToken | None = None
        self._lock = asyncio.Lock()

    async def read(self) -> StoredToken | None:
        return self._token

    async def replace(self, fresh: StoredToken) -> StoredToken:
        if fresh.version == next_version(self._token):
            self._token = fresh
        return self._token or fresh

    @asynccontextmanager
    async def refreshing(self, *, wait: bool = True) -> AsyncIterator[None]:
        if not wait and self._lock.locked():
            raise Unreachable(STABLE_TOKEN, "somebody else fetches it")
        async with self._lock:
            yield


def next_version(token: StoredToken | None) -> int:
    return token.version + 1 if token else 1
