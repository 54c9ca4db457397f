"""Keeps a living access token: stable tokens, one refresh at a time (wechat.md 2)."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from structlog import get_logger

from shared.clock import Clock
from shared.wechat.errors import (
    STABLE_TOKEN,
    Busy,
    OutcomeUnknown,
    TokenRejected,
    Unreachable,
    WeChatError,
)
from shared.wechat.replies import Reply, text_of
from shared.wechat.token_store import StoredToken, TokenStore, next_version
from shared.wechat.wire import Call, Wire

log = get_logger(__name__)

# The vendor renews a stable token 300 s before its end; asking earlier brings the same one.
REFRESH_BEFORE = timedelta(seconds=300)
LARGEST_DELAY = timedelta(seconds=60)

# A renewal that failed is not tried by every call that comes meanwhile.
RENEWED_AGAIN_AFTER = timedelta(seconds=10)

# What the vendor has just called its newest token is not asked for again by everyone who holds it.
HOPELESS_FOR = timedelta(seconds=30)

# The vendor allows an appid 20 forced refreshes a day. Each of the two databases that keep its
# token (intake's and notify's) forces 8 at most, which leaves the operator 4.
FORCE_INTERVAL = timedelta(hours=3)


@dataclass(frozen=True)
class Credentials:
    """The mini-program's appid and secret."""

    appid: str
    secret: str = field(repr=False)


class AccessTokens:
    """The living token of one appid, wherever `store` keeps it."""

    def __init__(
        self,
        wire: Wire,
        credentials: Credentials,
        store: TokenStore,
        clock: Clock,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._wire = wire
        self._credentials = credentials
        self._store = store
        self._clock = clock
        self._jitter = jitter
        self._one_at_a_time = asyncio.Lock()
        self._known: StoredToken | None = None
        self._hopeless: tuple[str, datetime] | None = None
        self._failed_at: datetime | None = None

    async def current(self) -> StoredToken:
        """A token with time left; raises WeChatError only when none can be had."""
        return await self._unless(lambda held: not self._is_due(held), self._renewed)

    async def instead_of(self, rejected: StoredToken, error: TokenRejected) -> StoredToken:
        """Another token than the one just rejected; raises `error` when there is none.

        Somebody else's renewal first, then a normal fetch, then, seldom, a forced one.
        """

        def is_good(held: StoredToken) -> bool:
            return held.value != rejected.value

        async def fetched(_: StoredToken | None) -> StoredToken:
            async with self._store.refreshing():
                held = await self._store.read()
                if held and is_good(held):
                    return held
                return await self._replaced(held, rejected, error)

        return await self._unless(is_good, fetched)

    async def force(self) -> StoredToken:
        """A new token at once, and the old one dies: for the operator, after a leak."""
        async with self._one_at_a_time, self._store.refreshing():
            self._known = await self._fetch(await self._store.read(), force=True)
            return self._known

    async def _unless(
        self,
        is_good: Callable[[StoredToken], bool],
        fetched: Callable[[StoredToken | None], Awaitable[StoredToken]],
    ) -> StoredToken:
        """The held token if it is good, else what is fetched: of many one goes and looks in the
        store."""
        if self._known and is_good(self._known):
            return self._known
        async with self._one_at_a_time:
            if not (self._known and is_good(self._known)):
                self._known = await self._store.read()
            if self._known and is_good(self._known):
                return self._known
            self._known = await fetched(self._known)
            return self._known

    async def _replaced(
        self, held: StoredToken | None, rejected: StoredToken, error: TokenRejected
    ) -> StoredToken:
        if self._hopeless and self._is_hopeless(rejected, *self._hopeless):
            raise error
        fetched = await self._fetch(held, force=False)
        if fetched.value != rejected.value:
            return fetched
        if self._may_force(fetched):
            return await self._fetch(fetched, force=True)
        self._hopeless = (rejected.value, self._clock.now())
        log.error("wechat_token_rejected", errcode=error.errcode, rid=error.rid)
        raise error

    def _is_hopeless(self, rejected: StoredToken, value: str, since: datetime) -> bool:
        return rejected.value == value and self._clock.now() - since < HOPELESS_FOR

    def _lives(self, token: StoredToken | None) -> bool:
        return token is not None and self._clock.now() < token.expires_at

    def _is_due(self, token: StoredToken) -> bool:
        """One that lives serves on for a while after its renewal has failed."""
        now, early = self._clock.now(), REFRESH_BEFORE - self._jitter() * LARGEST_DELAY
        if self._failed_at is not None and now - self._failed_at < RENEWED_AGAIN_AFTER:
            early = timedelta(0)
        return now >= token.expires_at - early

    async def _renewed(self, held: StoredToken | None) -> StoredToken:
        """A refresh that fails, or that another process is busy with, costs nothing while the old
        token lives."""
        try:
            async with self._store.refreshing(wait=not self._lives(held)):
                newest = await self._store.read()
                if newest and not self._is_due(newest):
                    return newest
                return await self._fetch(newest, force=False)
        except WeChatError as error:
            if held is None or not self._lives(held):
                raise
            log.warning("wechat_token_refresh_failed", errcode=error.errcode, rid=error.rid)
            self._failed_at = self._clock.now()
            return held

    def _may_force(self, token: StoredToken) -> bool:
        return token.forced_at is None or self._clock.now() - token.forced_at >= FORCE_INTERVAL

    async def _fetch(self, held: StoredToken | None, *, force: bool) -> StoredToken:
        asked_at = self._clock.now()
        forced_before = held.forced_at if held else None
        reply = await self._wire.call(self._call(force=force))
        fresh = StoredToken(
            value=text_of(STABLE_TOKEN, reply, "access_token"),
            expires_at=asked_at + _lifetime(reply),
            version=next_version(held),
            forced_at=asked_at if force else forced_before,
        )
        return await self._store.replace(fresh)

    def _call(self, *, force: bool) -> Call:
        return Call(
            "POST",
            STABLE_TOKEN,
            body={
                "grant_type": "client_credential",
                "appid": self._credentials.appid,
                "secret": self._credentials.secret,
                "force_refresh": force,
            },
            hidden=(self._credentials.secret,),
            again_on=(Busy, Unreachable, OutcomeUnknown),
        )


def _lifetime(reply: Reply) -> timedelta:
    seconds = text_of(STABLE_TOKEN, reply, "expires_in")
    if not seconds.isdecimal():
        raise OutcomeUnknown(STABLE_TOKEN, "the reply has an expires_in that is no number")
    return timedelta(seconds=int(seconds))
