"""Sends replies to the hotline until each is taken, in the order of the facts of an order (X44)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from prometheus_client import Counter
from sqlalchemy import exists, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from services.intake.channels.domain.replies import ReplyAction, ReplyStatus, advance, following
from services.intake.channels.hotline.views import body_of
from services.intake.channels.hotline.wire import Answer, HotlineWire
from services.intake.channels.tables import HotlineReply
from shared.runtime import Runtime

BATCH = 8  # posts at once, each of another order
LEASE = timedelta(minutes=2)  # longer than a post may take
POLL = 2.0  # seconds
ATTEMPTS = Counter("liuduan_hotline_replies", "Attempts to reply to the hotline", ["outcome"])


@dataclass(frozen=True)
class Post:
    """Repeated after a crash, or when the answer was lost, it has the same id."""

    id: UUID
    body: bytes = field(repr=False)


class ReplySender:
    """Without an address replies wait, and can be fetched."""

    def __init__(self, runtime: Runtime, wire: HotlineWire, url: str) -> None:
        self._runtime = runtime
        self._wire = wire
        self._url = url
        self._busy = asyncio.Lock()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            await self.pump()
            await asyncio.sleep(POLL)

    async def pump(self) -> int:
        """Send everything that is due now; returns how many attempts that took."""
        if not self._url:
            return 0
        attempts = 0
        async with self._busy:
            while posts := await self._claim():
                await asyncio.gather(*map(self._deliver, posts))
                attempts += len(posts)
        return attempts

    async def _claim(self) -> Sequence[Post]:
        """Of each order the oldest fact that was not taken yet."""
        now = self._runtime.clock.now()
        earlier = aliased(HotlineReply)
        waits = exists().where(
            col(earlier.complaint_id) == HotlineReply.complaint_id,
            col(earlier.state) == ReplyStatus.WAITING,
            tuple_(col(earlier.at), col(earlier.id))
            < tuple_(col(HotlineReply.at), col(HotlineReply.id)),
        )
        claimed = col(HotlineReply.claimed_until)
        due = (
            select(HotlineReply)
            .where(
                HotlineReply.state == ReplyStatus.WAITING,
                col(HotlineReply.next_at) <= now,
                or_(claimed.is_(None), claimed < now),
                ~waits,
            )
            .order_by(col(HotlineReply.next_at), col(HotlineReply.id))
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        async with self._runtime.database.transaction() as session:
            replies = (await session.execute(due)).scalars().all()
            for reply in replies:
                reply.claimed_until = now + LEASE
            return [Post(reply.id, body_of(self._runtime, reply)) for reply in replies]

    async def _deliver(self, post: Post) -> None:
        answer = await self._wire.post(self._url, str(post.id), post.body)
        await self._record(post, answer)

    async def _record(self, post: Post, answer: Answer) -> None:
        now = self._runtime.clock.now()
        waits = self._runtime.rulebooks.in_force_at(now).doors.reply_waits
        async with self._runtime.database.transaction() as session:
            reply = await session.get_one(HotlineReply, post.id, with_for_update=True)
            if reply.state != ReplyStatus.WAITING:
                return
            reply.attempts += 1
            then = following(reply.attempts, answer.status, waits, now)
            reply.state = advance(ReplyStatus(reply.state), then.action)
            reply.claimed_until, reply.next_at = None, then.at
            reply.last_status, reply.last_failure = answer.status, answer.failure
            if then.action is ReplyAction.TAKE:
                reply.taken_at = now
        ATTEMPTS.labels(then.action).inc()
