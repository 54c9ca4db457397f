"""Accounts of streets, communities, grids and site offices."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.demo.world.offices import centre_of, member
from deploy.demo.world.organisations import (
    CHIMA_SERVICE,
    GUIYU_SERVICE,
    WENXIN,
    YUYUE_SERVICE,
)
from deploy.demo.world.places import (
    CHIMAGANG,
    FUSHAN,
    GARDEN,
    GRIDS,
    GUIYU,
    HOMESTEAD,
    JIAYU_TOWN,
    OLD_STREET,
    PUQI,
    RIVER_VIEW,
    WENQUAN,
    YUYUE,
)
from deploy.demo.world.records import Community, Staff
from shared.contracts.reference import organisation_id
from shared.identity import End, Role

STREETS = {
    "wenquan": (WENQUAN, "温泉"),
    "fushan": (FUSHAN, "浮山"),
    "yuyue": (YUYUE, "鱼岳"),
    "chimagang": (CHIMAGANG, "赤马港"),
    "puqi": (PUQI, "蒲圻"),
}
# A stake in a case for the recusal rule: this grid worker lives in the estate (A13).
OWN_HOME = {"wangge.wenquan1": GARDEN.house("1", "401").id}


def _street(name: str, community: Community, chinese: str) -> Iterator[Staff]:
    street = community.street
    office = organisation_id("STREET_OFFICE", "STREET", street)
    yield member(
        f"zhongzhi.{name}", f"{chinese}中心", centre_of(street), End.CENTRE,
        Role.DISPATCHER, divisions=(street,),
    )  # fmt: skip
    yield member(
        f"jiedao.{name}", f"{chinese}街道", office, End.CENTRE,
        Role.STREET_OFFICER, divisions=(street,),
    )  # fmt: skip
    yield member(
        f"wanggezhang.{name}", f"{chinese}网格长", community.id, End.GRID,
        Role.GRID_LEADER, divisions=(community.code,),
    )  # fmt: skip
    for account in _workers(community):
        yield member(
            account,
            f"{chinese}网格员{account[-1]}",
            community.id,
            End.COMMUNITY,
            Role.GRID_WORKER,
            interests=(OWN_HOME[account],) if account in OWN_HOME else (),
        )


def _workers(community: Community) -> Iterator[str]:
    """The people of the community; a site manager who also works in a grid stands below."""
    for grid in GRIDS:
        if grid.community is community:
            yield from (account for account in grid.workers if account.startswith("wangge."))


def _site_offices() -> Iterator[Staff]:
    for account, title, company, estate in (
        ("wuye.wenquan", "温泉物业", WENXIN, GARDEN),
        ("wuye.yuyue", "鱼岳物业", YUYUE_SERVICE, RIVER_VIEW),
        ("wuye.jiayu", "嘉鱼物业", YUYUE_SERVICE, JIAYU_TOWN),
        ("wuye.chimagang", "赤马港前物业", CHIMA_SERVICE, HOMESTEAD),
        ("wuye.jiayuan", "赤马港新物业", WENXIN, HOMESTEAD),
        ("wuye.puqi", "蒲圻物业", CHIMA_SERVICE, OLD_STREET),
    ):
        yield member(account, title, company.id, End.PROPERTY, Role.SITE_OFFICE, estates=(estate,))
    # A13: site manager and grid worker in one person.
    yield member(
        "wuye.guiyu", "桂语物业", GUIYU_SERVICE.id, End.PROPERTY,
        Role.SITE_OFFICE, Role.GRID_WORKER, estates=(GUIYU,),
    )  # fmt: skip


def _property_office() -> Staff:
    street = CHIMAGANG.street
    office = organisation_id("STREET_PROPERTY_OFFICE", "STREET_PROPERTY_OFFICE", street)
    return member(
        "wuguanban.chimagang", "赤马港物管办", office, End.CENTRE,
        Role.STREET_OFFICER, divisions=(street,),
    )  # fmt: skip


FIELD = (
    *(
        staff
        for name, (community, chinese) in STREETS.items()
        for staff in _street(name, community, chinese)
    ),
    *_site_offices(),
    _property_office(),
)
