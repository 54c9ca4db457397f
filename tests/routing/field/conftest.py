"""Routing on a stage with a folder for photographs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.routing.app import service
from tests.routing.conftest import prepared
from tests.routing.drama import Drama
from tests.routing.field.device import Device
from tests.servers import Databases
from tests.stage import staged


@pytest.fixture
async def drama(postgres: Databases, tmp_path: Path) -> AsyncIterator[Drama]:
    url = await postgres.fresh_database(prepared)
    folder = str(tmp_path / "photos")
    async with staged(service, url, LIUDUAN_ROUTING_PHOTOS=folder) as stage:
        yield Drama(stage)


@pytest.fixture
def device(drama: Drama) -> Device:
    """The telephone of the worker of grid 2."""
    return Device(drama)
