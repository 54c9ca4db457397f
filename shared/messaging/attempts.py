"""Runs handlers so that each takes effect once, and gives up on a message after a few attempts.

A batch of first arrivals shares one transaction. When one of them fails, or arrives again, each is
handled alone, so that a poisoned message cannot drag innocent ones along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prometheus_client import Counter
from sqlalchemy.ext.asyncio import AsyncSession
from structlog import get_logger

from shared.database import database_is_away
from shared.messaging import inbox, parked
from shared.messaging.letter import Letter
from shared.messaging.subscriptions import Reception, Subscription
from shared.tracing import traced

if TYPE_CHECKING:
    from shared.runtime import Runtime

HANDLED = Counter("liuduan_events_handled", "Events handled", ["service", "outcome"])

logger = get_logger(__name__)

Postponed = dict[inbox.Key, float]


class ProcessEnded(Exception):
    """The process ended while this message was being handled."""


@dataclass(frozen=True)
class Job:
    """One letter for one subscription."""

    letter: Letter
    subscription: Subscription

    @property
    def key(self) -> inbox.Key:
        return self.letter.envelope.id, self.subscription.name


class Attempts:
    """`delays[n]` is the wait in seconds before attempt n + 1; there are as many as delays."""

    def __init__(self, runtime: Runtime, delays: Sequence[float]) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._delays = delays
        self._interrupted: set[inbox.Key] = set()

    async def work(self, jobs: Sequence[Job]) -> Postponed:
        """Handle the jobs; returns the delay, in seconds, of those to be tried again."""
        by_key = {job.key: job for job in jobs}
        fresh = await inbox.arrive(await self._database.pool(), list(by_key))
        standings = await self._standings([key for key in by_key if key not in fresh])
        postponed: Postponed = {}
        await self._first([job for key, job in by_key.items() if key in fresh], postponed)
        for key, standing in standings.items():
            await self._again(by_key[key], standing, postponed)
        return postponed

    async def _standings(self, repeated: Sequence[inbox.Key]) -> dict[inbox.Key, inbox.Standing]:
        if not repeated:
            return {}
        async with self._database.transaction() as session:
            return await inbox.still_open(session, repeated)

    async def _first(self, jobs: Sequence[Job], postponed: Postponed) -> None:
        if not jobs or await self._together(jobs):
            return
        for job in jobs:
            await self._alone(job, 1, postponed)

    async def _together(self, jobs: Sequence[Job]) -> bool:
        try:
            async with self._database.transaction() as session:
                await self._handle(session, jobs)
        except Exception as failure:  # house: edge — a failing batch is taken apart
            if database_is_away(failure):
                self._interrupted.update(job.key for job in jobs)
                raise
            logger.info("batch_falls_apart", error=parked.describe(failure), size=len(jobs))
            return False
        self._count("handled", len(jobs))
        return True

    async def _again(self, job: Job, standing: inbox.Standing, postponed: Postponed) -> None:
        if standing.wait > 0:  # a copy that was sent again, while the first waits its turn
            postponed[job.key] = standing.wait
            return
        if job.key in self._interrupted:  # the database went away: not the message's fault
            self._interrupted.discard(job.key)
            await self._alone(job, standing.attempts, postponed)
            return
        if standing.attempts >= len(self._delays):
            await self._park(job, standing.attempts, ProcessEnded())
            return
        async with self._database.transaction() as session:
            await inbox.count_attempt(session, job.key)
        await self._alone(job, standing.attempts + 1, postponed)

    async def _alone(self, job: Job, attempts: int, postponed: Postponed) -> None:
        try:
            async with self._database.transaction() as session:
                await self._handle(session, [job])
        except Exception as failure:  # house: edge — a failing handler is counted, then parked
            if database_is_away(failure):
                self._interrupted.add(job.key)
                raise
            await self._failed(job, attempts, failure, postponed)
            return
        self._count("handled")

    async def _handle(self, session: AsyncSession, jobs: Sequence[Job]) -> None:
        """Claim the inbox rows, then let every subscription have its receptions."""
        claimed = await inbox.claim(session, [job.key for job in jobs])
        now = self._runtime.clock.now()
        groups: dict[str, tuple[Subscription, list[Reception[Any]]]] = {}
        for job in jobs:
            if job.key not in claimed:
                continue
            letter = job.letter
            group = groups.setdefault(job.subscription.name, (job.subscription, []))
            group[1].append(
                Reception(letter.known_event, letter.envelope, session, self._runtime, now)
            )
        for subscription, receptions in groups.values():
            await _hand_over(subscription, receptions)

    async def _failed(
        self, job: Job, attempts: int, failure: Exception, postponed: Postponed
    ) -> None:
        self._count("failed")
        logger.warning(
            "handler_failed",
            event_id=str(job.letter.envelope.id),
            handler=job.subscription.name,
            attempts=attempts,
            error=parked.describe(failure),
        )
        if attempts >= len(self._delays):
            await self._park(job, attempts, failure)
            return
        postponed[job.key] = self._delays[attempts]
        async with self._database.transaction() as session:
            await inbox.postpone(session, job.key, self._delays[attempts])

    async def _park(self, job: Job, attempts: int, failure: Exception) -> None:
        envelope = job.letter.envelope
        parking = parked.Parking(
            event_id=envelope.id,
            handler=job.subscription.name,
            type=envelope.type,
            publisher=envelope.publisher,
            body=job.letter.delivery.body.decode(),
            attempts=attempts,
        )
        async with self._database.transaction() as session:
            await parked.park(session, parking, failure)
        self._count("parked")

    def _count(self, outcome: str, amount: int = 1) -> None:
        HANDLED.labels(self._runtime.name, outcome).inc(amount)


async def _hand_over(subscription: Subscription, receptions: Sequence[Reception[Any]]) -> None:
    if subscription.together:
        await subscription.handle(receptions)
        return
    for reception in receptions:
        with traced(reception.trace):
            await subscription.handle([reception])
