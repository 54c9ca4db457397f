"""A message whose handler ends the process harms nobody but itself (T10)."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from shared.hosting import Host
from shared.messaging import parked
from shared.messaging.in_process import InProcessTransport
from shared.messaging.parked import ParkedMessage
from shared.messaging.rabbitmq import RabbitTransport
from tests.environment import environment
from tests.kept import KeptProcess, kept
from tests.servers import Databases
from tests.shared.toy import Toy, count, effects, metadata, open_host, say
from tests.waiting import until

RETRY_DELAYS = (0, 0.1, 0.1, 0.1, 0.1)
ATTEMPTS = len(RETRY_DELAYS)


@pytest.fixture(params=["in-process", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)])
async def broker(request: pytest.FixtureRequest, namespace: str) -> AsyncIterator[dict[str, str]]:
    """The variables that choose the transport of the process."""
    if request.param == "in-process":
        yield {}
        return
    url = request.getfixturevalue("amqp_url")
    yield {"LIUDUAN_AMQP_URL": url, "LIUDUAN_AMQP_NAMESPACE": namespace}
    transport = RabbitTransport(url, retry_delays=RETRY_DELAYS, namespace=namespace)
    await transport.delete()
    await transport.close()


@pytest.mark.crash
async def test_a_handler_that_ends_the_process_is_parked_and_its_neighbours_pass(
    postgres: Databases, broker: dict[str, str], tmp_path: Path
) -> None:
    """T10: five attempts, each of them a death; after the fix a replay takes effect once."""
    urls = {name: await postgres.fresh_database(metadata) for name in ("intake", "notify")}
    intake, notify = [
        await open_host(Toy(), name, url, InProcessTransport()) for name, url in urls.items()
    ]
    ids = await say(intake.runtime, 10)
    poison = tmp_path / "poison"
    poison.write_text(str(ids[4]))
    process = toy_process(urls, poison, broker)
    async with kept(process):
        await until(lambda: at_rest(notify, 9))
        assert await effects(notify.runtime) == {i: 1 for i in ids if i != ids[4]}
        assert process.deaths == ATTEMPTS
        (message,) = await parked_messages(notify)
        assert (message.event_id, message.attempts) == (ids[4], ATTEMPTS)
        assert message.error == "ProcessEnded"

        poison.write_text("")
        await replay(notify, message.id)
        await until(lambda: at_rest(notify, 10))
        assert await effects(notify.runtime) == dict.fromkeys(ids, 1)
        assert process.deaths == ATTEMPTS
    for host in (intake, notify):
        await host.stop()


def toy_process(urls: dict[str, str], poison: Path, broker: dict[str, str]) -> KeptProcess:
    variables = environment(
        LIUDUAN_RETRY_DELAYS=",".join(map(str, RETRY_DELAYS)),
        LIUDUAN_TOY_POISON=str(poison),
        **{f"LIUDUAN_{name.upper()}_DATABASE_URL": url for name, url in urls.items()},
        **broker,
    )
    command = [sys.executable, "-m", "tests.shared.toy_process"]
    path = {"PATH": os.environ["PATH"]}
    return KeptProcess("toy", command, path | variables, poison.with_name("log"))


async def at_rest(host: Host, expected: int) -> bool:
    """`expected` events took effect, and nothing else is on its way."""
    undecided = await count(host.runtime, "inbox", "handled_at IS NULL AND parked_at IS NULL")
    return undecided == 0 and await count(host.runtime, "effect") == expected


async def parked_messages(host: Host) -> list[ParkedMessage]:
    async with host.runtime.database.transaction() as session:
        return await parked.list_parked(session)


async def replay(host: Host, message: UUID) -> None:
    async with host.runtime.database.transaction() as session:
        await parked.ask_for_replay(session, message)
