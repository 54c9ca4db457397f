"""The transport of one process on one machine: same promises, no broker.

What waits here in memory when the process dies is found again by reconciliation at the next
start, because the outbox has no receipt for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from shared.messaging.transport import SERVICES, Message, Receive, services_for

BATCH = 100
ROOM = 5_000


class InProcessTransport:
    name = "in-process"

    def __init__(self) -> None:
        self._queues: dict[str, asyncio.Queue[bytes]] = {
            service: asyncio.Queue(maxsize=ROOM) for service in SERVICES
        }

    async def publish(self, messages: Sequence[Message]) -> list[bool]:
        """A full queue refuses instead of waiting: two services waiting for each other would."""
        return [self._put(message) for message in messages]

    async def consume(self, service: str, receive: Receive) -> None:
        queue = self._queues[service]
        while True:
            bodies = [await queue.get()]
            while len(bodies) < BATCH and not queue.empty():
                bodies.append(queue.get_nowait())
            await receive([_InProcessDelivery(body, queue) for body in bodies])

    async def close(self) -> None:
        return None

    def _put(self, message: Message) -> bool:
        queues = [self._queues[service] for service in services_for(message.key)]
        if any(queue.full() for queue in queues):
            return False
        for queue in queues:
            queue.put_nowait(message.body)
        return True


@dataclass(frozen=True)
class _InProcessDelivery:
    body: bytes
    queue: asyncio.Queue[bytes]

    async def done(self) -> None:
        return None

    async def again_after(self, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self._put_back)

    def _put_back(self) -> None:
        if not self.queue.full():
            self.queue.put_nowait(self.body)
