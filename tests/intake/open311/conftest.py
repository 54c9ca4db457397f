"""A client with a key, and somebody without one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.intake.open311.calls import Facade
from tests.stage import Stage


@pytest.fixture
async def web(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with stage.client() as client:
        yield client


@pytest.fixture
def facade(web: httpx.AsyncClient) -> Facade:
    return Facade(web)
