"""Nobody waits for somebody else's message, and no message uses up its attempts before time."""

from __future__ import annotations

from shared.contracts.intake import OwnerChanged, OwnerSessionRevoked, OwnerState
from shared.hosting import Host
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.messaging import Reception, publish
from shared.messaging.in_process import ROOM, InProcessTransport
from shared.messaging.relay import BATCH
from shared.messaging.transport import Message
from tests.servers import Databases
from tests.shared.toy import Toy, count, effects, pair, say
from tests.stage import ByHand
from tests.waiting import until

HOUR = 3_600.0


async def test_events_that_are_refused_do_not_hold_up_the_others(postgres: Databases) -> None:
    """More rows than a batch for a service that takes nothing, then one for somebody else."""
    transport = InProcessTransport()
    async with pair(postgres, transport, Toy()) as (intake, _):
        await transport.publish([Message("receipt.routing", b"{}")] * ROOM)
        await say(intake.runtime, BATCH + 100)
        await say_to_notify_and_survey(intake)
        assert await intake.relay.pump() == 1
        assert await count(intake.runtime, "outbox", "sent_at IS NULL") == BATCH + 100


async def test_a_copy_that_is_sent_again_does_not_use_up_attempts(postgres: Databases) -> None:
    """A message that waits an hour for its second attempt is sent again meanwhile, for safety."""
    failing = True

    async def fail(_: Reception[OwnerSessionRevoked]) -> None:
        if failing:
            raise ZeroDivisionError

    delays = (0.0, HOUR, HOUR)
    async with pair(postgres, InProcessTransport(), Toy(react=fail), delays) as (intake, notify):
        (event_id,) = await say(intake.runtime)
        copy = ByHand(await body_of(intake))
        for _ in range(5):
            await notify.consumer.receive([copy])
        assert await count(notify.runtime, "inbox", "attempts = 1 AND parked_at IS NULL") == 1
        assert [round(wait / HOUR, 2) for wait in copy.postponed] == [1.0] * 5

        failing = False
        await make_due(notify)
        await notify.consumer.receive([copy])
        assert await effects(notify.runtime) == {event_id: 1}


async def test_a_full_queue_refuses_instead_of_waiting() -> None:
    """Two services that wait for each other's full queues would wait for ever."""
    transport = InProcessTransport()
    receipt = Message("receipt.intake", b"{}")
    assert await transport.publish([receipt] * (ROOM + 1)) == [*[True] * ROOM, False]


async def test_a_refused_event_goes_out_once_there_is_room(postgres: Databases) -> None:
    transport = InProcessTransport()
    async with pair(postgres, transport, Toy()) as (intake, notify):
        await transport.publish([Message("receipt.notify", b"{}")] * ROOM)
        await say(intake.runtime)
        assert await intake.relay.pump() == 0
        intake.start_worker()
        notify.start_worker()
        await until(lambda: has_effect(notify))


async def say_to_notify_and_survey(host: Host) -> None:
    owner = OwnerState(id=new_id(), version=1, openid=None, mobile=None, masked_mobile=None)
    async with host.runtime.database.transaction() as session:
        publish(session, OwnerChanged(owner=owner), actor=SYSTEM, at=host.runtime.clock.now())


async def body_of(host: Host) -> bytes:
    pool = await host.runtime.database.pool()
    body: str = await pool.fetchval("SELECT body FROM outbox")
    return body.encode()


async def make_due(host: Host) -> None:
    pool = await host.runtime.database.pool()
    await pool.execute("UPDATE inbox SET due_at = clock_timestamp()")


async def has_effect(host: Host) -> bool:
    return await count(host.runtime, "effect") == 1
