"""Notify on a stage, with the town it talks to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

import pytest

from services.notify.app import service
from services.notify.composition import compose
from services.notify.settings import NotifySettings
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Given
from shared.clock import SimulatedClock
from shared.migrating import upgrade
from tests.notify.hooks import enter
from tests.notify.town import VARIABLES, Town, build_town
from tests.samples import COURT, FIRE
from tests.servers import Databases
from tests.stage import START, Stage, staged


async def migrate(url: str) -> None:
    await asyncio.to_thread(upgrade, service.migrations, url)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def town(clock: SimulatedClock) -> Town:
    return build_town(clock)


@pytest.fixture
async def stage(postgres: Databases, clock: SimulatedClock, town: Town) -> AsyncIterator[Stage]:
    url = await postgres.fresh_database(migrate)
    definition = replace(service, compose=partial(compose, network=town.network))
    async with staged(definition, url, clock, **VARIABLES) as stage:
        yield stage


@pytest.fixture
async def ready(stage: Stage, town: Town) -> AsyncIterator[Stage]:
    """The fire brigade and the court have endpoints; chance never moves an attempt."""
    runtime = stage.host.runtime
    keys = runtime.part(NotifySettings).signing_keys
    sender = WebhookSender(runtime, keys, Posting(Given(town.network)), chance=lambda: 0.0)
    runtime.put(sender)
    await enter(stage, FIRE)
    await enter(stage, COURT)
    yield stage
    await sender.close()
