"""Group commit: what arrives while a batch is being written becomes the next batch."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from shared.database import database_is_away
from shared.errors import Unavailable

Item = TypeVar("Item")
Result = TypeVar("Result")


class Again:
    """An item that was overtaken by another writer and has to go into the next batch."""


AGAIN = Again()


class Slip(NamedTuple, Generic[Item, Result]):
    """An item in the queue, and whoever waits for what becomes of it."""

    item: Item
    answer: asyncio.Future[Result]


class Gatherer(Generic[Item, Result]):
    """`write` takes a batch and answers for each item, in order: result, refusal or AGAIN."""

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception | Again]]],
        *,
        largest: int,
        writers: int,
    ) -> None:
        self._write = write
        self._largest = largest
        self._writers = writers
        self._waiting: deque[Slip[Item, Result]] = deque()
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False

    async def submit(self, item: Item) -> Result:
        """What `write` made of the item, once that is durable. Raises its refusal."""
        loop = asyncio.get_running_loop()
        if self._closed:
            raise Unavailable
        if not self._tasks:
            self._tasks = [loop.create_task(self._work()) for _ in range(self._writers)]
        slip: Slip[Item, Result] = Slip(item, loop.create_future())
        self._waiting.append(slip)
        self._arrived.set()
        return await slip.answer

    async def close(self) -> None:
        """Send away whoever is still waiting; nobody has been promised anything."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        while self._waiting:
            _answer(self._waiting.popleft(), Unavailable())

    async def _work(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                size = min(self._largest, len(self._waiting))
                await self._settle([self._waiting.popleft() for _ in range(size)])

    async def _settle(self, batch: Sequence[Slip[Item, Result]]) -> None:
        try:
            outcomes = await self._write([slip.item for slip in batch])
        except Exception as failure:  # house: edge — a failing batch is taken apart
            await self._take_apart(batch, failure)
            return
        for slip, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Again):
                self._waiting.append(slip)
            else:
                _answer(slip, outcome)

    async def _take_apart(self, batch: Sequence[Slip[Item, Result]], failure: Exception) -> None:
        if len(batch) > 1 and not database_is_away(failure):
            for slip in batch:
                await self._settle([slip])
            return
        for slip in batch:
            _answer(slip, failure)


def _answer(slip: Slip[Item, Result], outcome: Result | Exception) -> None:
    """Whoever waited may have hung up meanwhile."""
    if slip.answer.done():
        return
    if isinstance(outcome, Exception):
        slip.answer.set_exception(outcome)
    else:
        slip.answer.set_result(outcome)
