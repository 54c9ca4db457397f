"""What people read and write for the codes of rules."""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.directory.domain.codes import Level
from services.routing.dispatching.domain.targets import Desk
from shared.contracts.vocabulary import Channel

DESKS: Mapping[Desk, str] = {
    Desk.COMMUNITY: "社区",
    Desk.STREET_OFFICE: "街道办事处",
    Desk.STREET_CENTRE: "街道综治中心",
    Desk.COUNTY_CENTRE: "县级综治中心",
    Desk.CITY_CENTRE: "市级综治中心",
    Desk.COMMITTEE: "房产物业调委会",
    Desk.COMPANY: "物业服务企业",
}
# Within a chain the level is said beside it.
_LEVELLED: Mapping[Desk, str] = {
    Desk.STREET_OFFICE: "物业管理办公室或办事处",
    Desk.STREET_CENTRE: "综治中心",
    Desk.COUNTY_CENTRE: "综治中心",
    Desk.CITY_CENTRE: "综治中心",
}
LEVEL_WORDS: Mapping[Level, str] = {
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.STREET: "街道",
    Level.COMMUNITY: "社区",
}
CHANNELS: Mapping[Channel, str] = {
    Channel.MINI_PROGRAM: "小程序",
    Channel.HOTLINE: "12345热线",
    Channel.WALK_IN: "来访",
    Channel.GRID_REPORT: "网格上报",
    Channel.COMPANY: "物业企业上报",
    Channel.INSPECTION: "巡查",
    Channel.COURT_DELEGATED: "法院委派",
}
WEEKDAYS = "一二三四五六日"


def desk_words(desk: Desk) -> str:
    """Without its level, which is said beside it."""
    return _LEVELLED.get(desk) or DESKS.get(desk, "指定机构")
