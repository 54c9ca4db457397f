"""docs/integration/mini-program.md is as the system answers (A04, T01)."""

from __future__ import annotations

from deploy.demo.stories import Stage
from tests.documents.people import player


async def test_the_main_path(hub: Stage) -> None:
    played = await player(hub, neighbour=hub.owner("owner-5").sign_in).play("mini-program.md")
    assert played >= 10
