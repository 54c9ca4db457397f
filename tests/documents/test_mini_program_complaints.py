"""Every example of docs/integration/mini-program-complaints.md is answered as promised."""

from __future__ import annotations

from deploy.demo import world
from deploy.demo.stories import Stage
from tests.documents.playing import Player, Value

ESTATE, ELSEWHERE = "温泉花园（演示）", "蒲圻老街（演示）"
LIFT = "三号楼电梯停运两天，老人无法下楼，请尽快派人修理"


async def test_the_page_of_complaints(hub: Stage) -> None:
    """X08, X09, X15, X17, X31, X42, T33, B15: a neighbour has reported the lift before."""
    await hub.file("owner-3", ESTATE, title="电梯停运", text=LIFT, category="EQ02")
    await hub.settled()
    values: dict[str, Value] = {
        "owner": hub.owner("owner-1").sign_in,
        "centre": hub.staff("zhongzhi.xianan").sign_in,
        "estate": str(world.estate(ESTATE).id),
        "elsewhere": str(world.estate(ELSEWHERE).id),
    }
    assert await Player(hub, values).play("mini-program-complaints.md") >= 18
