"""A whole system for the examples of the pages: the demo world, on a Monday morning."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.city import city_environment
from tests.servers import Databases

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)


@pytest.fixture(scope="module")
async def hub(postgres: Databases) -> AsyncIterator[Stage]:
    """One for each page; `hub.system.move_to(...)` moves its clock."""
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(MORNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)
