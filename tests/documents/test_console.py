"""docs/integration/console.md is as the system answers (E05, N16)."""

from __future__ import annotations

from deploy.demo import world
from deploy.demo.stories import Stage
from tests.documents.playing import Player

ESTATE = world.estate("温泉花园（演示）")


async def test_every_example_of_the_page_holds(hub: Stage) -> None:
    player = Player(
        hub,
        {
            "street": hub.staff("zhongzhi.wenquan").sign_in,
            "owner": hub.owner("owner-1").sign_in,
            "estate": str(ESTATE.id),
            "division": ESTATE.community.code[:9],
        },
    )
    assert await player.play("console.md") == 12
