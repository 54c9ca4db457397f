"""Delivers what is due, endpoint by endpoint, so that a dead one holds up nobody else."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from structlog import get_logger

from services.notify.deed import Deed
from services.notify.waking import whenever_rung
from services.notify.webhooks.commands.announcing import BELL
from services.notify.webhooks.domain.fingerprints import of_public_key, of_secret
from services.notify.webhooks.sending.claiming import Post, claim, endpoints_due
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.recording import Made, record
from shared.identity import SYSTEM
from shared.runtime import Runtime
from shared.signatures import PrivateKey, Signer, sign

TRANSACTIONS = 4  # at once: the pool is not ours alone, and answers may come all together

Chance = Callable[[], float]

logger = get_logger(__name__)


def scattered() -> float:
    return random.uniform(-1, 1)


def _report(task: asyncio.Task[int]) -> None:
    """What stopped the work on one endpoint; its deliveries come up again after their lease."""
    if not task.cancelled() and (failure := task.exception()) is not None:
        logger.error("endpoint_left", error=type(failure).__name__, exc_info=failure)


class WebhookSender:
    """`keys` are the platform's own; organisations verify with their public parts."""

    def __init__(
        self,
        runtime: Runtime,
        keys: Sequence[PrivateKey],
        posting: Posting,
        chance: Chance = scattered,
    ) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._keys = tuple(keys)
        self._posting = posting
        self._chance = chance
        self._busy: dict[UUID, asyncio.Task[int]] = {}
        self._turns = asyncio.Semaphore(TRANSACTIONS)

    async def run(self) -> None:
        """Deliver until cancelled; a slow endpoint is left to itself."""
        try:
            await whenever_rung(self._database, BELL, self._begin)
        finally:
            await self._stop()

    async def pump(self) -> int:
        """Deliver everything that is due now; returns how many attempts that took."""
        attempts = 0
        while made := sum(await asyncio.gather(*await self._begin())):
            attempts += made
        return attempts

    async def close(self) -> None:
        await self._stop()
        await self._posting.close()

    async def _begin(self) -> Sequence[asyncio.Task[int]]:
        """See that every endpoint with something due is being served; returns who is at it."""
        async with self._database.transaction() as session:
            due = await endpoints_due(session, self._runtime.clock.now())
        for endpoint_id in due:
            if endpoint_id not in self._busy:
                task = asyncio.create_task(self._serve(endpoint_id))
                task.add_done_callback(_report)
                self._busy[endpoint_id] = task
        return list(self._busy.values())

    async def _serve(self, endpoint_id: UUID) -> int:
        """As many at once as the endpoint has room for; a slow one keeps only its own place."""
        attempts, under_way = 0, set[asyncio.Task[None]]()
        try:
            while True:
                posts = await self._claim(endpoint_id)
                under_way |= {asyncio.create_task(self._deliver(post)) for post in posts}
                attempts += len(posts)
                if not under_way:
                    return attempts
                ended, under_way = await asyncio.wait(
                    under_way, return_when=asyncio.FIRST_COMPLETED
                )
                await asyncio.gather(*ended)  # raises what went wrong
        finally:
            self._busy.pop(endpoint_id, None)
            await _end(under_way)

    async def _claim(self, endpoint_id: UUID) -> Sequence[Post]:
        async with self._turns, self._database.transaction() as session:
            now = self._runtime.clock.now()
            return await claim(session, self._runtime.cipher, endpoint_id, now)

    async def _deliver(self, post: Post) -> None:
        await self._record(await self._post(post))

    async def _post(self, post: Post) -> Made:
        started_at = self._runtime.clock.now()
        keys: list[Signer] = [*self._keys, *post.secrets]
        signed = sign(post.body, id=str(post.delivery_id), at=started_at, keys=keys)
        headers = {**signed, "content-type": "application/json"}
        answer = await self._posting.post(
            post.endpoint_id, post.url, post.body, headers, post.opened
        )
        now = self._runtime.clock.now()
        return Made(post, answer, started_at, now, self._signed_with(post))

    def _signed_with(self, post: Post) -> tuple[str, ...]:
        """The fingerprints of the keys, in the order of the signatures."""
        own = [of_public_key(key.public()) for key in self._keys]
        return (*own, *map(of_secret, post.secrets))

    async def _record(self, made: Made) -> None:
        async with self._turns, self._database.transaction() as session:
            deed = Deed(session, self._runtime, SYSTEM, made.ended_at)
            await record(deed, made, self._chance())

    async def _stop(self) -> None:
        await _end(list(self._busy.values()))


async def _end(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
