"""Several households of one estate, and what they write about one problem."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from shared.identity import Actor, End, Role
from tests.routing.drama import Drama, Words, staff

DISPATCHER = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
HOUSES = UUID("01900000-0000-7000-8000-000000000000")

INCOME = (
    "小区公共收益多年不公布，电梯广告和地面停车的公共收益去了哪里，请物业公开账目。",
    "物业收了电梯广告费和停车费，公共收益账目从来没有公布过，要求公开。",
    "请查一查电梯广告、停车的公共收益，账目不公开，业主一分钱没见到。",
    "公共收益账目不透明，广告和停车收入都在物业手里，要求公布。",
)
LIFT = Words("三栋电梯反复故障", "三栋电梯一周内三次停运，老人上不去楼，维保单位没人来修。", "EQ02")
LIFT_AGAIN = Words("三栋电梯又停了", "三栋电梯停运，老人上不去楼，维保单位没有来修。", "EQ02")
SMELL = Words("垃圾站太臭", "南门垃圾站污水横流，臭味飘进屋里，蚊虫很多。", "HY01")


def neighbour(number: int) -> Actor:
    """The owner of the household of that number."""
    return Actor(id=uuid5(HOUSES, f"owner {number}"), end=End.OWNER, roles=frozenset({Role.OWNER}))


def house(number: int) -> UUID:
    return uuid5(HOUSES, f"house {number}")


async def complain(drama: Drama, number: int, words: Words, **facts: Any) -> UUID:
    """Household `number` complains; returns the complaint."""
    own: dict[str, Any] = {"reporter": neighbour(number), "house_id": house(number)}
    event = drama.submission(words, **(own | facts))
    await drama.stage.hear(event)
    return event.complaint.id


def about_income(number: int) -> Words:
    return Words("公共收益不公开", INCOME[number % len(INCOME)], "FD03")
