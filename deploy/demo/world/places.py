"""Five invented communities of four streets, their grids, and seven estates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deploy.demo.world.records import (
    Building,
    Community,
    Coverage,
    Estate,
    Grid,
    House,
    demo_id,
)

COVERED_SINCE = date(2025, 1, 1)
MOVED_ON = date(2026, 5, 1)  # B20
AREAS = (89.5, 118.0)  # square metres; two houses on each floor
NEW, OLD = "NEW", "OLD"


def _community(code: str, name: str) -> Community:
    return Community(id=demo_id("community", code), code=code, name=name)


def _grid(community: Community, number: str, leader: str, *workers: str) -> Grid:
    code = community.code + number
    return Grid(
        id=demo_id("grid", code), code=code, community=community, leader=leader, workers=workers
    )


def _houses(estate: str, building: str, floors: int) -> Iterator[House]:
    for floor in range(1, floors + 1):
        for side, area in enumerate(AREAS, start=1):
            room = f"{floor}{side:02d}"
            id = demo_id("house", estate, building, "1", room)
            yield House(id=id, unit="1", room=room, area=area)


def _building(estate: str, number: str, floors: int, *grids: Grid) -> Building:
    """The second grid, if there is one, takes over on MOVED_ON."""
    days = (COVERED_SINCE, MOVED_ON)
    return Building(
        id=demo_id("building", estate, number),
        number=number,
        coverage=tuple(
            Coverage(grid_code=grid.code, valid_from=day)
            for grid, day in zip(grids, days, strict=False)
        ),
        houses=tuple(_houses(estate, number, floors)),
    )


def _estate(name: str, community: Community, kind: str, *buildings: Building) -> Estate:
    return Estate(
        id=demo_id("estate", name), name=name, community=community, kind=kind, buildings=buildings
    )


WENQUAN = _community("421202001901", "温泉花园社区（演示）")
FUSHAN = _community("421202002901", "浮山新村社区（演示）")
YUYUE = _community("421221103901", "江景社区（演示）")
CHIMAGANG = _community("421281002901", "家园社区（演示）")
PUQI = _community("421281001901", "老街社区（演示）")
COMMUNITIES = (WENQUAN, FUSHAN, YUYUE, CHIMAGANG, PUQI)

WENQUAN_1 = _grid(WENQUAN, "001", "wanggezhang.wenquan", "wangge.wenquan1")
WENQUAN_2 = _grid(WENQUAN, "002", "wanggezhang.wenquan", "wangge.wenquan2")
WENQUAN_3 = _grid(WENQUAN, "003", "wanggezhang.wenquan", "wuye.guiyu")  # A13: also site manager
WENQUAN_4 = _grid(WENQUAN, "004", "wanggezhang.wenquan", "wangge.wenquan4")
FUSHAN_1 = _grid(FUSHAN, "001", "wanggezhang.fushan", "wangge.fushan1", "wangge.fushan2")
YUYUE_1 = _grid(YUYUE, "001", "wanggezhang.yuyue", "wangge.yuyue1")
YUYUE_2 = _grid(YUYUE, "002", "wanggezhang.yuyue", "wangge.yuyue2")
CHIMAGANG_1 = _grid(CHIMAGANG, "001", "wanggezhang.chimagang", "wangge.chimagang1")
CHIMAGANG_2 = _grid(CHIMAGANG, "002", "wanggezhang.chimagang", "wangge.chimagang2")
PUQI_1 = _grid(PUQI, "001", "wanggezhang.puqi", "wangge.puqi1")
GRIDS = (
    WENQUAN_1, WENQUAN_2, WENQUAN_3, WENQUAN_4, FUSHAN_1,
    YUYUE_1, YUYUE_2, CHIMAGANG_1, CHIMAGANG_2, PUQI_1,
)  # fmt: skip

GARDEN = _estate(
    "温泉花园（演示）",
    WENQUAN,
    NEW,
    _building("温泉花园（演示）", "1", 12, WENQUAN_1),
    _building("温泉花园（演示）", "2", 12, WENQUAN_1),
    _building("温泉花园（演示）", "3", 10, WENQUAN_1, WENQUAN_2),
    _building("温泉花园（演示）", "4", 10, WENQUAN_2),
)
GUIYU = _estate(
    "桂语雅苑（演示）",
    WENQUAN,
    NEW,
    _building("桂语雅苑（演示）", "1", 9, WENQUAN_3),
    _building("桂语雅苑（演示）", "2", 9, WENQUAN_4),
)
NEW_VILLAGE = _estate(
    "浮山新村（演示）",
    FUSHAN,
    OLD,
    _building("浮山新村（演示）", "1", 6, FUSHAN_1),
    _building("浮山新村（演示）", "2", 6, FUSHAN_1),
    _building("浮山新村（演示）", "3", 4, FUSHAN_1),
)
RIVER_VIEW = _estate(
    "鱼岳江景（演示）",
    YUYUE,
    NEW,
    _building("鱼岳江景（演示）", "1", 11, YUYUE_1),
    _building("鱼岳江景（演示）", "2", 11, YUYUE_1),
)
JIAYU_TOWN = _estate(
    "嘉鱼新城（演示）",
    YUYUE,
    NEW,
    _building("嘉鱼新城（演示）", "1", 8, YUYUE_2),
    _building("嘉鱼新城（演示）", "2", 8, YUYUE_2),
)
HOMESTEAD = _estate(
    "赤马港家园（演示）",
    CHIMAGANG,
    NEW,
    _building("赤马港家园（演示）", "1", 10, CHIMAGANG_1),
    _building("赤马港家园（演示）", "2", 10, CHIMAGANG_1),
    _building("赤马港家园（演示）", "3", 10, CHIMAGANG_2),
)
OLD_STREET = _estate(
    "蒲圻老街（演示）",
    PUQI,
    OLD,
    _building("蒲圻老街（演示）", "1", 4, PUQI_1),
    _building("蒲圻老街（演示）", "2", 4, PUQI_1),
)
ESTATES = (GARDEN, GUIYU, NEW_VILLAGE, RIVER_VIEW, JIAYU_TOWN, HOMESTEAD, OLD_STREET)
