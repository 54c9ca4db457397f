"""What the broker may do to us, and what must hold all the same: lost nothing, doubled nothing."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Iterator
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

import aio_pika
import pytest

from deploy.embedded.rabbitmq import EmbeddedRabbitMQ, is_installed
from shared.contracts.intake import OwnerSessionRevoked
from shared.hosting import Host
from shared.messaging.broker import PATIENCE
from shared.messaging.rabbitmq import RabbitTransport
from shared.messaging.topology import Topology
from shared.messaging.transport import Message, TransportAway
from tests.servers import Databases
from tests.shared.toy import Toy, count, effects, handled, pair, say
from tests.shared.wire import Wire, wired
from tests.waiting import until

pytestmark = [pytest.mark.rabbitmq, pytest.mark.crash]

EVENT = OwnerSessionRevoked.name


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRabbitMQ]:
    """A broker of our own, to be killed."""
    if not is_installed():
        pytest.skip("a RabbitMQ that somebody else runs is not ours to kill")
    server = EmbeddedRabbitMQ(tmp_path_factory.mktemp("broker"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def transport(node: EmbeddedRabbitMQ, namespace: str) -> AsyncIterator[RabbitTransport]:
    broker = to(node.url, namespace)
    yield broker
    await broker.delete()
    await broker.close()


def to(url: str, namespace: str) -> RabbitTransport:
    return RabbitTransport(url, retry_delays=(0,), namespace=namespace)


async def restart(node: EmbeddedRabbitMQ) -> None:
    node.launch()
    await asyncio.to_thread(node.wait_until_ready)


async def test_a_killed_broker_comes_back_on_its_data(
    postgres: Databases, node: EmbeddedRabbitMQ, transport: RabbitTransport
) -> None:
    """T4: publishers and consumers find it again; business goes on meanwhile."""
    async with pair(postgres, transport, Toy()) as (intake, notify):
        intake.start_worker()
        notify.start_worker()
        ids = await say(intake.runtime, 20)
        await until(lambda: handled(notify, 20))
        await until(lambda: written_down(node))
        ids += await say(intake.runtime, 500)
        node.kill()
        ids += await say(intake.runtime, 20)
        await restart(node)
        ids += await say(intake.runtime, 20)
        await until(lambda: handled(notify, len(ids)))
        await reconciled(intake)
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_a_broker_that_lost_its_memory_loses_nothing_of_ours(
    postgres: Databases, node: EmbeddedRabbitMQ, transport: RabbitTransport
) -> None:
    """T12: the topology is declared anew, and what has no receipt is sent again."""
    async with pair(postgres, transport, Toy()) as (intake, notify):
        ids = await say(intake.runtime, 5)
        assert await intake.relay.pump() == 5
        node.kill()
        shutil.rmtree(node.folder / "mnesia")
        await restart(node)
        intake.start_worker()
        notify.start_worker()
        assert await intake.housekeeping.reconcile(patience=0) == 5
        await until(lambda: handled(notify, 5))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_an_unroutable_event_is_not_marked_sent(
    postgres: Databases, node: EmbeddedRabbitMQ, transport: RabbitTransport, namespace: str
) -> None:
    """T12: it comes back, stays in the outbox, and goes out once the queues are there again."""
    async with pair(postgres, transport, Toy()) as (intake, notify):
        ids = await say(intake.runtime)
        await transport.publish([Message("receipt.intake", b"{}")])
        await delete_queues(node, namespace, "routing", "survey", "notify")
        assert await intake.relay.pump() == 0
        assert await count(intake.runtime, "outbox", "sent_at IS NULL") == 1
        assert await intake.relay.pump() == 1
        notify.start_worker()
        await until(lambda: handled(notify, 1))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_one_deleted_queue_among_several_is_found_by_reconciliation(
    postgres: Databases, node: EmbeddedRabbitMQ, transport: RabbitTransport, namespace: str
) -> None:
    """T12: the broker is content when one queue took the event; the missing receipt tells."""
    async with pair(postgres, transport, Toy()) as (intake, notify):
        await transport.publish([Message("receipt.intake", b"{}")])
        await delete_queues(node, namespace, "notify")
        ids = await say(intake.runtime)
        assert await intake.relay.pump() == 1
        intake.start_worker()
        notify.start_worker()
        await until(lambda: resent_until_handled(intake, notify, 1))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_a_consumer_whose_queue_is_deleted_subscribes_again(
    postgres: Databases, node: EmbeddedRabbitMQ, transport: RabbitTransport, namespace: str
) -> None:
    async with pair(postgres, transport, Toy()) as (intake, notify):
        intake.start_worker()
        notify.start_worker()
        ids = await say(intake.runtime)
        await until(lambda: handled(notify, 1))
        await delete_queues(node, namespace, "notify")
        ids += await say(intake.runtime)
        await until(lambda: resent_until_handled(intake, notify, 2))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_connections_cut_in_the_middle_neither_lose_nor_double(
    postgres: Databases, node: EmbeddedRabbitMQ, namespace: str
) -> None:
    """T5: confirms and acknowledgements get lost on the way."""
    async with wired(node.url) as wire:
        transport = to(wire.url, namespace)

        async with pair(postgres, transport, Toy()) as (intake, notify):
            intake.start_worker()
            notify.start_worker()
            ids: list[UUID] = []
            for _ in range(5):
                before = len(ids)
                ids += await say(intake.runtime, 200)
                await until(partial(more_than, notify, before))
                wire.cut()
            await until(lambda: handled(notify, 1_000))
            assert await effects(notify.runtime) == dict.fromkeys(ids, 1)
        await transport.delete()
        await transport.close()


async def test_no_attempt_to_publish_hangs_on_a_silent_broker(
    node: EmbeddedRabbitMQ, namespace: str
) -> None:
    """T5: an attempt ends in time, and the next one after the silence begins afresh."""
    async with wired(node.url) as wire:
        transport = to(wire.url, namespace)
        message = Message(EVENT, b"{}")
        assert await transport.publish([message]) == [True]
        wire.silence()
        async with asyncio.timeout(2 * PATIENCE):
            assert await transport.publish([message]) == [False]
        async with asyncio.timeout(2 * PATIENCE):
            with pytest.raises(TransportAway):
                await transport.publish([message])
        wire.restore()
        assert await transport.publish([message]) == [True]
        await transport.delete()
        await transport.close()


async def test_connections_are_closed_by_us_not_by_the_collector(
    node: EmbeddedRabbitMQ, namespace: str
) -> None:
    """Left open, one closes itself when it is collected, perhaps where no loop runs."""
    async with wired(node.url) as wire:
        transport = to(wire.url, namespace)
        assert await transport.publish([Message(EVENT, b"{}")]) == [True]
        wire.silence()
        await transport.close()
        with pytest.raises(TransportAway):
            await transport.publish([Message(EVENT, b"{}")])
        assert open_over(wire) == 0
        wire.restore()
        await transport.delete()
        await transport.close()
        assert open_over(wire) == 0


def open_over(wire: Wire) -> int:
    """Others in this process have connections of their own."""
    port = urlsplit(wire.url).port
    connections = [one for one in gc.get_objects() if type(one) is aio_pika.Connection]
    return sum(one.url.port == port and not one.is_closed for one in connections)


async def delete_queues(node: EmbeddedRabbitMQ, namespace: str, *services: str) -> None:
    """As an operator's slip would, under running publishers and consumers."""
    async with await aio_pika.connect(node.url) as connection:
        channel = await connection.channel()
        for service in services:
            await channel.queue_delete(Topology(namespace, ()).queue(service))


async def more_than(host: Host, expected: int) -> bool:
    return await count(host.runtime, "effect") > expected


async def written_down(node: EmbeddedRabbitMQ) -> bool:
    """The broker saves its register of quorum queues (a dets file, 1 in bytes 8 to 11) every half
    second; killed before, it never finds the leader of a new queue again."""
    return all(
        int.from_bytes(register.read_bytes()[8:12]) == 1
        for register in node.folder.glob("mnesia/*/quorum/*/names.dets")
    )


async def resent_until_handled(intake: Host, notify: Host, expected: int) -> bool:
    await intake.housekeeping.reconcile(patience=0)
    return await handled(notify, expected)


async def reconciled(host: Host) -> None:
    """Everything is sent once more and receipted, so that a double would show."""
    await host.housekeeping.reconcile(patience=0)
    await until(lambda: unsent_none(host))


async def unsent_none(host: Host) -> bool:
    return await count(host.runtime, "outbox", "sent_at IS NULL") == 0
