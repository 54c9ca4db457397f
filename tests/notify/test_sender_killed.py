"""T8: a sender that is killed right after the receiver took a delivery, a hundred times."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from services.notify.app import service
from services.notify.composition import compose
from shared.clock import SimulatedClock
from shared.contracts.routing import JointOpened
from tests.environment import environment
from tests.notify.conftest import migrate
from tests.notify.hooks import OFFICER_OF_FIRE, deliveries, pump, with_fire
from tests.notify.real_sending import real_sender, receiver_of
from tests.notify.receivers import answers
from tests.notify.town import VARIABLES, Town
from tests.samples import FIRE
from tests.servers import Databases
from tests.stage import START, staged

DEATHS = 100
LEASE = timedelta(seconds=31)


@pytest.mark.crash
async def test_a_hundred_deaths_and_one_webhook_id(postgres: Databases, town: Town) -> None:
    """P3: each death costs one repetition under the same webhook-id, and it arrives at last."""
    url, clock = await postgres.fresh_database(migrate), SimulatedClock(START)
    definition = replace(service, compose=partial(compose, network=town.network))
    async with staged(definition, url, clock, **VARIABLES) as stage:
        sender = real_sender(stage)
        async with receiver_of(stage, FIRE, answers(204)) as receiver:
            await stage.hear(with_fire(JointOpened))
            await die(url, clock)
            assert len(receiver.requests) == DEATHS
            assert await stage.count("webhook_attempt") == 0, "nobody lived to write one down"
            assert await pump(stage) == 1
            (delivery,) = await deliveries(stage, OFFICER_OF_FIRE)
            assert {each.webhook_id for each in receiver.requests} == {delivery["id"]}
            assert len(receiver.requests) == DEATHS + 1
        await sender.close()
    assert (delivery["state"], delivery["attempts"]) == ("DELIVERED", 1)


async def die(url: str, clock: SimulatedClock) -> None:
    """Every process is killed by the signal that leaves it no last word."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.notify.dying_sender",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | environment(**VARIABLES, LIUDUAN_NOTIFY_DATABASE_URL=url),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for _ in range(DEATHS):
        process.stdin.write(f"{clock.now().isoformat()}\n".encode())
        os.kill(int(await process.stdout.readline()), signal.SIGKILL)
        clock.advance(LEASE)
    process.stdin.close()
    assert await process.wait() == 0
