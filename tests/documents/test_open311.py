"""docs/integration/open311.md is as the facade answers."""

from __future__ import annotations

from deploy.demo.stories import Stage
from tests.documents.playing import Player
from tests.environment import environment

KEY = environment()["LIUDUAN_GEOREPORT_DEMO_KEY"]


async def test_open311(hub: Stage) -> None:
    assert await Player(hub, {"key": KEY}).play("open311.md") == 8
