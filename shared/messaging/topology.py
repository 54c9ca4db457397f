"""What RabbitMQ holds: a topic exchange, and per service a queue, a retry ladder, a parked queue.

Nothing else declares queues. There is no broker delivery-limit: it drops innocent messages when a
consumer is killed with a full prefetch; attempts are counted in our own inbox instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aio_pika import ExchangeType
from aio_pika.abc import AbstractChannel

from shared.messaging.transport import SERVICES, keys_for


class Topology:
    """`namespace` keeps several systems apart on one broker; `retry_delays` are seconds."""

    def __init__(self, namespace: str, retry_delays: Sequence[float]) -> None:
        self.exchange = namespace
        self._delays = sorted({delay for delay in retry_delays if delay > 0})

    def queue(self, service: str) -> str:
        return f"{self.exchange}.{service}"

    def waiting_room(self, service: str, seconds: float) -> str:
        """The queue from which a message comes back to `service` after about `seconds` or more."""
        if seconds <= 0 or not self._delays:
            return self.queue(service)
        long_enough = (delay for delay in self._delays if delay >= seconds)
        return self._retry(service, next(long_enough, self._delays[-1]))

    async def declare(self, channel: AbstractChannel) -> None:
        """Make what is missing, for every service; harmless when all of it is there."""
        exchange = await channel.declare_exchange(self.exchange, ExchangeType.TOPIC, durable=True)
        for service in SERVICES:
            await self._declare_side_queues(channel, service)
            queue = await channel.declare_queue(
                self.queue(service),
                durable=True,
                arguments=_quorum(dead_letters_to=self._parked(service)),
            )
            for key in keys_for(service):
                await queue.bind(exchange, routing_key=key)

    async def delete(self, channel: AbstractChannel) -> None:
        """Remove every queue and the exchange of this namespace."""
        for service in SERVICES:
            ladder = [self._retry(service, delay) for delay in self._delays]
            for name in (self.queue(service), self._parked(service), *ladder):
                await channel.queue_delete(name, if_unused=False, if_empty=False)
        await channel.exchange_delete(self.exchange)

    async def _declare_side_queues(self, channel: AbstractChannel, service: str) -> None:
        await channel.declare_queue(self._parked(service), durable=True, arguments=_quorum())
        for delay in self._delays:
            await channel.declare_queue(
                self._retry(service, delay),
                durable=True,
                arguments=_quorum(dead_letters_to=self.queue(service))
                | {"x-message-ttl": int(delay * 1000)},
            )

    def _parked(self, service: str) -> str:
        return f"{self.queue(service)}.parked"

    def _retry(self, service: str, delay: float) -> str:
        return f"{self.queue(service)}.retry.{int(delay * 1000)}"


def _quorum(dead_letters_to: str | None = None) -> dict[str, Any]:
    arguments: dict[str, Any] = {"x-queue-type": "quorum"}
    if dead_letters_to is None:
        return arguments
    return arguments | {
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead_letters_to,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
