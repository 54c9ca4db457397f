"""Plain connections to RabbitMQ. One that fails is thrown away, and the next use opens another.

A connection that repairs itself would hold publishers up until it is back; here a caller hears
within seconds that the broker is away, and its rows wait in the outbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Any

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange
from aio_pika.connection import make_url
from aio_pika.exceptions import AMQPError, PublishError

from shared.messaging.topology import Topology
from shared.messaging.transport import Message, TransportAway

PATIENCE = 5.0  # seconds; no attempt to publish, nor to connect, takes longer
FAREWELL = 1.0  # seconds for a polite end of a connection
HEARTBEAT = 10  # seconds; a silent broker is given up after three of them

BROKEN = (OSError, AMQPError, RuntimeError)


async def connect(url: str) -> AbstractConnection:
    """Raises one of BROKEN."""
    connection = aio_pika.Connection(make_url(url, heartbeat=HEARTBEAT))
    async with AsyncExitStack() as failing:
        failing.push_async_callback(hang_up, connection)
        async with asyncio.timeout(PATIENCE):
            await connection.connect()
        failing.pop_all()
    return connection


async def hang_up(connection: AbstractConnection | None) -> None:
    """Left open, it would close itself when it is collected, perhaps where no loop runs."""
    if connection is None:
        return
    with suppress(*BROKEN):
        async with asyncio.timeout(FAREWELL):
            await connection.close()
    if not connection.is_closed:  # the broker is gone, and by now the transport as well
        await connection.close()


class Sender:
    """Publishes with confirms over one connection, which it opens when it is needed."""

    def __init__(self, url: str, topology: Topology) -> None:
        self._url = url
        self._topology = topology
        self._lock = asyncio.Lock()
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None
        self._declared = False

    async def publish(self, exchange: str, messages: Sequence[Message]) -> list[bool]:
        """For each message: did the broker confirm it? Raises TransportAway."""
        sending: list[asyncio.Task[Any]] = []
        try:
            async with asyncio.timeout(PATIENCE):
                target = await self._exchange(exchange)
                sending += [asyncio.create_task(_send(target, message)) for message in messages]
                await asyncio.wait(sending)
        except BROKEN as failure:
            self._channel = None
            if not sending:
                raise TransportAway from failure
        finally:
            for task in sending:
                task.cancel()
        return [self._confirmed(task) for task in sending]

    async def channel(self) -> AbstractChannel:
        """An open channel with the topology declared. Raises one of BROKEN."""
        async with self._lock:
            if self._channel is None or self._channel.is_closed:
                await self.close()
                self._connection = await connect(self._url)
                self._channel = await self._connection.channel(on_return_raises=True)
            if not self._declared:
                await self._topology.declare(self._channel)
                self._declared = True
            return self._channel

    async def close(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        self._declared = False
        await hang_up(connection)

    async def _exchange(self, name: str) -> AbstractExchange:
        channel = await self.channel()
        return await channel.get_exchange(name, ensure=False) if name else channel.default_exchange

    def _confirmed(self, task: asyncio.Task[Any]) -> bool:
        if not task.done() or task.cancelled():
            return False
        failure = task.exception()
        if isinstance(failure, PublishError):  # it came back: a queue was deleted
            self._declared = False
        return failure is None


def _send(exchange: AbstractExchange, message: Message) -> Coroutine[Any, Any, Any]:
    letter = aio_pika.Message(
        message.body,
        content_type="application/cloudevents+json",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
    )
    return exchange.publish(letter, routing_key=message.key)
