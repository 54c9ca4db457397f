"""RabbitMQ: one topic exchange, per service one quorum queue, a retry ladder and a parked queue.

Nothing else declares queues. There is no broker delivery-limit: it drops innocent messages when a
consumer is killed with a full prefetch; attempts are counted in our own inbox instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aio_pika
from aio_pika.abc import (
    AbstractExchange,
    AbstractIncomingMessage,
    AbstractRobustChannel,
    AbstractRobustConnection,
)
from aio_pika.exceptions import AMQPError
from structlog import get_logger

from shared.messaging.transport import SERVICES, Message, Receive, keys_for

BATCH = 100
PREFETCH = 2 * BATCH
CONFIRM_TIMEOUT = 5.0  # seconds
RECONNECT_INTERVAL = 0.5  # seconds

logger = get_logger(__name__)


class RabbitTransport:
    """`namespace` keeps several systems apart on one broker; `retry_delays` are seconds."""

    def __init__(
        self, url: str, *, retry_delays: Sequence[float], namespace: str = "liuduan"
    ) -> None:
        self._url = url
        self._namespace = namespace
        self._retry_delays = tuple(delay for delay in retry_delays if delay > 0)
        self._connection: AbstractRobustConnection | None = None
        self._publishing: AbstractExchange | None = None
        self._direct: AbstractExchange | None = None
        self._lock = asyncio.Lock()

    @property
    def name(self) -> str:
        parts = urlsplit(self._url)
        return f"RabbitMQ at {parts.hostname}:{parts.port or 5672}"

    async def publish(self, messages: Sequence[Message]) -> list[bool]:
        try:
            async with asyncio.timeout(CONFIRM_TIMEOUT):
                exchange = await self._topic_exchange()
                outcomes = await asyncio.gather(
                    *(exchange.publish(_persistent(m.body), routing_key=m.key) for m in messages),
                    return_exceptions=True,
                )
        except (TimeoutError, OSError, AMQPError, RuntimeError) as failure:
            logger.warning("broker_unreachable", error=type(failure).__name__)
            return [False] * len(messages)
        return [not isinstance(outcome, BaseException) for outcome in outcomes]

    async def consume(self, service: str, receive: Receive) -> None:
        while True:
            try:
                await self._consume_once(service, receive)
            except (OSError, AMQPError, RuntimeError, TimeoutError) as failure:
                logger.warning("consumer_reconnects", error=type(failure).__name__)
            await asyncio.sleep(RECONNECT_INTERVAL)

    async def close(self) -> None:
        if self._connection is not None:
            with suppress(OSError, AMQPError, RuntimeError):
                await self._connection.close()
            self._connection = None

    async def declare(self) -> None:
        """Declare the whole topology, for every service: idempotent."""
        await self._topic_exchange()

    async def delete(self) -> None:
        """Remove every queue and the exchange of this namespace (tests only)."""
        channel = await (await self._connected()).channel(publisher_confirms=True)
        for service in SERVICES:
            for name in self._queue_names(service):
                await channel.queue_delete(name, if_unused=False, if_empty=False)
        await channel.exchange_delete(self._namespace)

    # -- publishing ---------------------------------------------------------------------------

    async def _topic_exchange(self) -> AbstractExchange:
        async with self._lock:
            if self._publishing is None or self._connection is None:
                connection = await self._connected()
                channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
                self._publishing = await self._declare_topology(channel)
                self._direct = channel.default_exchange
                channel.close_callbacks.add(self._forget_channel)
        return self._publishing

    def _forget_channel(self, *_: Any) -> None:
        self._publishing = None
        self._direct = None

    async def _connected(self) -> AbstractRobustConnection:
        if self._connection is None or self._connection.is_closed:
            self._connection = await aio_pika.connect_robust(
                self._url, reconnect_interval=RECONNECT_INTERVAL, fail_fast=True
            )
        return self._connection

    # -- topology -----------------------------------------------------------------------------

    def _queue_names(self, service: str) -> list[str]:
        queue = f"{self._namespace}.{service}"
        ladder = [self._retry_name(service, delay) for delay in self._retry_delays]
        return [queue, f"{queue}.parked", *ladder]

    def _retry_name(self, service: str, delay: float) -> str:
        return f"{self._namespace}.{service}.retry.{int(delay * 1000)}"

    async def _declare_topology(self, channel: AbstractRobustChannel | Any) -> AbstractExchange:
        exchange: AbstractExchange = await channel.declare_exchange(
            self._namespace, aio_pika.ExchangeType.TOPIC, durable=True
        )
        for service in SERVICES:
            queue = await self._declare_queue(channel, service)
            for key in keys_for(service):
                await queue.bind(exchange, routing_key=key)
        return exchange

    async def _declare_queue(self, channel: Any, service: str) -> Any:
        name = f"{self._namespace}.{service}"
        await channel.declare_queue(f"{name}.parked", durable=True, arguments=_quorum())
        for delay in self._retry_delays:
            await channel.declare_queue(
                self._retry_name(service, delay),
                durable=True,
                arguments=_quorum(dead_letters_to=name) | {"x-message-ttl": int(delay * 1000)},
            )
        return await channel.declare_queue(
            name, durable=True, arguments=_quorum(dead_letters_to=f"{name}.parked")
        )

    # -- consuming ----------------------------------------------------------------------------

    async def _consume_once(self, service: str, receive: Receive) -> None:
        await self._topic_exchange()
        connection = await aio_pika.connect(self._url)
        async with connection:
            channel = await connection.channel()
            await channel.set_qos(prefetch_count=PREFETCH)
            queue = await channel.get_queue(f"{self._namespace}.{service}", ensure=False)
            arrived: asyncio.Queue[AbstractIncomingMessage | None] = asyncio.Queue()
            channel.close_callbacks.add(lambda *_: arrived.put_nowait(None))
            await queue.consume(arrived.put)
            await self._hand_over(service, arrived, receive)

    async def _hand_over(
        self,
        service: str,
        arrived: asyncio.Queue[AbstractIncomingMessage | None],
        receive: Receive,
    ) -> None:
        while True:
            batch = [await arrived.get()]
            while len(batch) < BATCH and not arrived.empty():
                batch.append(arrived.get_nowait())
            deliveries = [_RabbitDelivery(m, self, service) for m in batch if m is not None]
            if deliveries:
                await receive(deliveries)
            if None in batch:
                raise ConnectionError("the broker closed the channel")

    async def put_back(self, service: str, body: bytes, seconds: float) -> bool:
        await self._topic_exchange()
        if self._direct is None:
            return False
        delay = min((d for d in self._retry_delays if d >= seconds), default=None)
        key = self._retry_name(service, delay) if delay else f"{self._namespace}.{service}"
        try:
            await self._direct.publish(_persistent(body), routing_key=key, timeout=CONFIRM_TIMEOUT)
        except (TimeoutError, OSError, AMQPError, RuntimeError):
            return False
        return True


@dataclass(frozen=True)
class _RabbitDelivery:
    message: AbstractIncomingMessage
    transport: RabbitTransport
    service: str

    @property
    def body(self) -> bytes:
        return self.message.body

    async def done(self) -> None:
        with suppress(OSError, AMQPError, RuntimeError):
            await self.message.ack()

    async def again_after(self, seconds: float) -> None:
        if await self.transport.put_back(self.service, self.body, seconds):
            await self.done()
            return
        with suppress(OSError, AMQPError, RuntimeError):
            await self.message.nack(requeue=True)


def _persistent(body: bytes) -> aio_pika.Message:
    return aio_pika.Message(
        body,
        content_type="application/cloudevents+json",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
    )


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
