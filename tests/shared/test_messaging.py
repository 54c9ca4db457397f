"""Outbox to inbox on both transports: once, after failures, and after lost messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from shared.contracts.intake import OwnerSessionRevoked
from shared.hosting import Host
from shared.messaging import Reception, parked
from shared.messaging.in_process import InProcessTransport
from shared.messaging.parked import ParkedMessageResolved
from shared.messaging.rabbitmq import RabbitTransport
from shared.messaging.transport import Transport
from tests.servers import Databases
from tests.shared.toy import Toy, count, effects, handled, pair, say
from tests.waiting import until


@pytest.fixture(params=["in-process", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)])
async def transport(request: pytest.FixtureRequest, namespace: str) -> AsyncIterator[Transport]:
    if request.param == "in-process":
        yield InProcessTransport()
        return
    broker = RabbitTransport(
        request.getfixturevalue("amqp_url"), retry_delays=(0,), namespace=namespace
    )
    yield broker
    await broker.delete()
    await broker.close()


async def wipe(transport: Transport) -> None:
    """What was on its way is gone, as after the loss of a broker's disk."""
    if isinstance(transport, RabbitTransport):
        await transport.delete()
        await transport.close()
    else:
        transport.__init__()  # type: ignore[misc]


async def test_an_event_takes_effect_once_in_its_audience(
    postgres: Databases, transport: Transport
) -> None:
    async with pair(postgres, transport, Toy()) as (intake, notify):
        ids = await say(intake.runtime, 3)
        intake.start_worker()
        notify.start_worker()
        await until(lambda: handled(notify, 3))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_a_rolled_back_transaction_says_nothing(
    postgres: Databases, transport: Transport
) -> None:
    async with pair(postgres, transport, Toy()) as (intake, _):
        with pytest.raises(ZeroDivisionError):
            await say(intake.runtime, failure=ZeroDivisionError())
        assert await count(intake.runtime, "outbox") == 0


async def test_a_redelivered_event_changes_nothing(
    postgres: Databases, transport: Transport
) -> None:
    """X36: the same event twice, also when the receipt was lost."""
    async with pair(postgres, transport, Toy()) as (intake, notify):
        ids = await say(intake.runtime, 2)
        intake.start_worker()
        notify.start_worker()
        await until(lambda: handled(notify, 2))
        assert await intake.housekeeping.reconcile(patience=0) in (0, 2)
        await until(lambda: receipted(intake, 2))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_a_lost_message_is_sent_again(postgres: Databases, transport: Transport) -> None:
    """A wiped transport loses nothing: what has no receipt is published again."""
    async with pair(postgres, transport, Toy()) as (intake, notify):
        ids = await say(intake.runtime, 2)
        await intake.relay.pump()
        assert await count(intake.runtime, "outbox", "sent_at IS NULL") == 0
        await wipe(transport)
        intake.start_worker()
        notify.start_worker()
        await intake.housekeeping.reconcile(patience=0)
        await until(lambda: handled(notify, 2))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def test_a_poisoned_message_is_parked_and_the_others_pass(
    postgres: Databases, transport: Transport
) -> None:
    """Five attempts, then parked; replayed after the fix it applies once."""
    poison: set[UUID] = set()

    async def fail(reception: Reception[OwnerSessionRevoked]) -> None:
        if reception.envelope.id in poison:
            raise ZeroDivisionError

    toy = Toy(react=fail)
    async with pair(postgres, transport, toy) as (intake, notify):
        ids = await say(intake.runtime, 10)
        poison.add(ids[4])
        intake.start_worker()
        notify.start_worker()
        await until(lambda: handled(notify, 9))
        await until(lambda: empty(notify, "inbox", "handled_at IS NULL AND parked_at IS NULL"))
        assert await effects(notify.runtime) == {i: 1 for i in ids if i != ids[4]}
        async with notify.runtime.database.transaction() as session:
            (message,) = await parked.list_parked(session)
        assert (message.event_id, message.attempts) == (ids[4], 5)
        assert message.error == "ZeroDivisionError"

        poison.clear()
        async with notify.runtime.database.transaction() as session:
            await parked.ask_for_replay(session, message.id)
        await until(lambda: handled(notify, 10))
        with pytest.raises(ParkedMessageResolved):
            async with notify.runtime.database.transaction() as session:
                await parked.ask_for_replay(session, message.id)
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)


async def receipted(host: Host, expected: int) -> bool:
    return await count(host.runtime, "receipt", "service = 'notify'") == expected


async def empty(host: Host, table: str, where: str) -> bool:
    return await count(host.runtime, table, where) == 0
