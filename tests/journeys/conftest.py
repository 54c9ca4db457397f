"""One city per transport for the four stories, which follow each other on one clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import uuid4

import pytest

from deploy.demo.ephemeral import running
from deploy.demo.stories import STORIES, Stage
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from shared.messaging.rabbitmq import RabbitTransport
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.journey import Journey
from tests.servers import Databases

BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=BEIJING)
TRANSPORTS = ("in-process", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq))


@pytest.fixture(scope="session", params=TRANSPORTS)
async def stage(request: pytest.FixtureRequest, postgres: Databases) -> AsyncIterator[Stage]:
    changes = {}
    if request.param == "rabbitmq":
        changes["LIUDUAN_AMQP_URL"] = request.getfixturevalue("amqp_url")
        changes["LIUDUAN_AMQP_NAMESPACE"] = f"t{uuid4().hex[:12]}"
    port = free_port()
    keys = await city_environment(postgres, port, **changes)
    async with running(keys, port, SimulatedClock(BEGINNING)) as (system, client):
        assert isinstance(system.transport, RabbitTransport) is (request.param == "rabbitmq")
        yield Stage(system, client, keys, lambda *_: None)


async def played(stage: Stage, name: str) -> Journey:
    _, story = STORIES[name]
    told = await story(stage)
    return Journey(stage, told, await at_rest(stage.system))


@pytest.fixture(scope="session")
async def w1(stage: Stage) -> Journey:
    return await played(stage, "W1")


@pytest.fixture(scope="session")
async def w3(stage: Stage, w1: Journey) -> Journey:
    return await played(stage, "W3")


@pytest.fixture(scope="session")
async def w4(stage: Stage, w3: Journey) -> Journey:
    return await played(stage, "W4")


@pytest.fixture(scope="session")
async def w2(stage: Stage, w4: Journey) -> Journey:
    return await played(stage, "W2")
