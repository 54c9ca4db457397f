"""A city of its own for each service that is fuzzed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from deploy.demo.ephemeral import running
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.fuzz.fuzzing import City, token_of
from tests.journeys.city import city_environment
from tests.servers import Databases

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING)


@pytest.fixture(scope="module")
async def city(postgres: Databases, request: pytest.FixtureRequest) -> AsyncIterator[City]:
    """Everybody signs in before anybody fuzzes: who tries at random is soon locked out."""
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(NOW)) as (_, client):
        people = request.module.CALLERS
        tokens = {person: await token_of(client, person, keys) for person in people}
        yield City(client, tokens)
