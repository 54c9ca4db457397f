"""RabbitMQ as the transport between processes: confirmed publishing, consuming in batches."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from aio_pika.abc import AbstractConnection, AbstractIncomingMessage
from structlog import get_logger

from shared.messaging.broker import BROKEN, PATIENCE, Sender, connect, hang_up
from shared.messaging.topology import Topology
from shared.messaging.transport import Message, Receive, TransportAway

BATCH = 100
PREFETCH = 2 * BATCH
RECONNECT_INTERVAL = 0.5  # seconds

Arrivals = asyncio.Queue[AbstractIncomingMessage | None]

logger = get_logger(__name__)


class RabbitTransport:
    """`namespace` keeps several systems apart on one broker; `retry_delays` are seconds."""

    def __init__(
        self, url: str, *, retry_delays: Sequence[float], namespace: str = "liuduan"
    ) -> None:
        self._url = url
        self._topology = Topology(namespace, retry_delays)
        self._sender = Sender(url, self._topology)

    @property
    def name(self) -> str:
        parts = urlsplit(self._url)
        return f"RabbitMQ at {parts.hostname}:{parts.port or 5672}"

    async def publish(self, messages: Sequence[Message]) -> list[bool]:
        return await self._sender.publish(self._topology.exchange, messages)

    async def put_back(self, service: str, body: bytes, seconds: float) -> bool:
        """Have the message delivered to `service` again later; False when that is not certain."""
        message = Message(self._topology.waiting_room(service, seconds), body)
        try:
            return all(await self._sender.publish("", [message]))
        except TransportAway:
            return False

    async def consume(self, service: str, receive: Receive) -> None:
        while True:
            try:
                await self._consume_while_connected(service, receive)
            except BROKEN as failure:
                logger.warning("consumer_reconnects", error=type(failure).__name__)
            await asyncio.sleep(RECONNECT_INTERVAL)

    async def close(self) -> None:
        await self._sender.close()

    async def delete(self) -> None:
        """Remove every queue and the exchange of this namespace (tests and benchmarks only)."""
        await self._topology.delete(await self._sender.channel())

    async def _consume_while_connected(self, service: str, receive: Receive) -> None:
        arrivals: Arrivals = asyncio.Queue()
        connection = await connect(self._url)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._subscribe(connection, service, arrivals)
            await self._hand_over(service, arrivals, receive)
        finally:
            await hang_up(connection)

    async def _subscribe(
        self, connection: AbstractConnection, service: str, arrivals: Arrivals
    ) -> None:
        """Whatever ends the subscription puts None into `arrivals`."""
        channel = await connection.channel()
        await self._topology.declare(channel)
        await channel.set_qos(prefetch_count=PREFETCH)
        channel.close_callbacks.add(lambda *_: arrivals.put_nowait(None))
        underlay = await channel.get_underlay_channel()
        underlay.on_consumer_cancel_callbacks.add(lambda *_: arrivals.put_nowait(None))
        queue = await channel.get_queue(self._topology.queue(service), ensure=False)
        await queue.consume(arrivals.put)

    async def _hand_over(self, service: str, arrivals: Arrivals, receive: Receive) -> None:
        while True:
            batch = [await arrivals.get()]
            while len(batch) < BATCH and not arrivals.empty():
                batch.append(arrivals.get_nowait())
            deliveries = [_RabbitDelivery(m, self, service) for m in batch if m is not None]
            if deliveries:
                await receive(deliveries)
                await _acknowledge(deliveries)
            if None in batch:
                raise ConnectionError("the broker ended the subscription")


@dataclass
class _RabbitDelivery:
    """`taken` ones are acknowledged together, once their whole batch is settled."""

    message: AbstractIncomingMessage
    transport: RabbitTransport
    service: str
    taken: bool = False

    @property
    def body(self) -> bytes:
        return self.message.body

    async def done(self) -> None:
        self.taken = True

    async def again_after(self, seconds: float) -> None:
        self.taken = await self.transport.put_back(self.service, self.body, seconds)
        if not self.taken:
            with suppress(*BROKEN):
                await self.message.nack(requeue=True)


async def _acknowledge(deliveries: Sequence[_RabbitDelivery]) -> None:
    """One frame for all: what came before the last of them is taken or was given back."""
    taken = [delivery for delivery in deliveries if delivery.taken]
    if taken:
        with suppress(*BROKEN):
            await taken[-1].message.ack(multiple=True)
