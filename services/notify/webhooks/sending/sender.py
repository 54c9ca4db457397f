"""Delivers what is due, endpoint by endpoint, so that a dead one holds up nobody else."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from uuid import UUID

from structlog import get_logger

from services.notify.waking import whenever_rung
from services.notify.webhooks.commands.announcing import BELL
from services.notify.webhooks.domain.fingerprints import of_public_key, of_secret
from services.notify.webhooks.sending.claiming import Post, claim, endpoints_due
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.recording import Made, record
from shared.runtime import Runtime
from shared.signatures import PrivateKey, Signer, sign

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

    async def run(self) -> None:
        """Deliver until cancelled; a slow endpoint is left to itself."""
        try:
            await whenever_rung(self._database, BELL, self._begin)
        finally:
            await self._stop()

    async def pump(self) -> int:
        """Deliver everything that is due now; returns how many attempts that took."""
        attempts = 0
        while tasks := await self._begin():
            attempts += sum(await asyncio.gather(*tasks))
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
        attempts = 0
        try:
            while posts := await self._claim(endpoint_id):
                await asyncio.gather(*map(self._deliver, posts))
                attempts += len(posts)
        finally:
            self._busy.pop(endpoint_id, None)
        return attempts

    async def _claim(self, endpoint_id: UUID) -> Sequence[Post]:
        async with self._database.transaction() as session:
            now = self._runtime.clock.now()
            return await claim(session, self._runtime.cipher, endpoint_id, now)

    async def _deliver(self, post: Post) -> None:
        started_at = self._runtime.clock.now()
        keys: list[Signer] = [*self._keys, *post.secrets]
        signed = sign(post.body, id=str(post.delivery_id), at=started_at, keys=keys)
        headers = {**signed, "content-type": "application/json"}
        answer = await self._posting.post(post.endpoint_id, post.url, post.body, headers)
        made = Made(post, answer, started_at, self._runtime.clock.now(), self._signed_with(post))
        async with self._database.transaction() as session:
            await record(session, made, self._chance())

    def _signed_with(self, post: Post) -> tuple[str, ...]:
        """The fingerprints of the keys, in the order of the signatures."""
        own = [of_public_key(key.public()) for key in self._keys]
        return (*own, *map(of_secret, post.secrets))

    async def _stop(self) -> None:
        tasks = list(self._busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
