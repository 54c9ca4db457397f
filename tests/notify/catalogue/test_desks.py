"""N04, N05, N14, N17, N18 for staff: who is told at each rung, by which channel, saying what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from services.notify.messages.domain.catalogue import Template
from shared.contracts.event import Event
from shared.contracts.routing import Unit
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.rulebook import OTHERS_TIME, ClockKind
from tests.notify import news
from tests.notify.catalogue.cast import (
    CITY_HOUSING,
    COUNTY_CENTRE,
    COUNTY_HOUSING,
    DISPATCHER,
    EVERYBODY,
    FIREMAN,
    LEADER,
    MANAGER_1,
    OFFICE,
    OWNER_1,
    SOCIAL_WORK,
    STREET_CENTRE,
    WORKER_1,
    Person,
    accept,
    gather,
    told,
)
from tests.notify.sends import pump
from tests.notify.test_rules import BOOK
from tests.notify.town import Town
from tests.samples import FIRE_BRIGADE, STREET, a_case
from tests.stage import START, Stage

NUMBER = a_case().number
NIGHT = START.replace(hour=23)
AT_STREET = Unit(
    organisation_id=STREET_CENTRE, end="CENTRE", role="LEAD", display_name="演示街道综治中心"
)
OF_FIRE = {"handler": FIRE_BRIGADE, "units": (FIRE_BRIGADE,)}
OF_STREET = {"handler": AT_STREET, "units": (AT_STREET,)}
OF_NOBODY: dict[str, Any] = {"handler": None, "units": ()}
LATE_AND_SAID = ("小事化解 CK-04", "2026年3月2日 08:30")


@dataclass(frozen=True)
class Told:
    """Exactly `people` are told under `code`, with `words`."""

    code: str
    event: Event
    people: Sequence[Person]
    words: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        return f"{self.code} {self.why}"


def rung(*desks: str, hours: int, people: Sequence[Person], span: str) -> Told:
    event = news.escalated(*desks, hours=hours)
    words = (NUMBER, "反馈 CK-05", f"已逾期{span}")
    return Told("N14", event, people, words, f"{hours} hours late")


ROWS = (
    Told("N04", news.dispatched(), [WORKER_1], ("桂花园", "小事", "2026年3月3日 09:00"), "T10"),
    Told("N04", news.cancelled(), [WORKER_1], ("桂花园", "小事", "不再计算"), "T08"),
    Told("N04", news.urged(), [WORKER_1], ("桂花园", "小事", "2026年3月3日 09:00"), "T45"),
    Told("N04", news.supervised(), [WORKER_1], ("桂花园", "小事", "2026年3月3日 09:00"), "T44"),
    Told("N04", news.suspended(), [WORKER_1], ("已批准挂起", "小事", "2026年3月5日"), "T27 yes"),
    Told("N04", news.suspension_denied(), [WORKER_1], ("未获批准", "小事", "3月3日"), "T27 no"),
    Told("N04", news.extended(), [WORKER_1], ("已批准", "小事", "2026年3月16日"), "T29 yes"),
    Told(
        "N04",
        news.extended(granted=False),
        [WORKER_1],
        ("未获批准", "小事", "2026年3月16日"),
        "T29 no",
    ),
    Told("N05", news.dispatched(), [MANAGER_1], ("到场配合调解",), "T10"),
    Told("N14", news.warned(), [WORKER_1], (NUMBER, *LATE_AND_SAID, "80%"), "warning: assignee"),
    Told(
        "N14",
        news.warned("DISPATCH", 0.5, **OF_NOBODY),
        [DISPATCHER],
        (NUMBER, "派单 CK-01", "50%"),
        "warning of CK-01: the dispatcher has it",
    ),
    Told(
        "N14",
        news.breached(),
        [WORKER_1, LEADER],
        (NUMBER, *LATE_AND_SAID, "逾期30分钟", "升级为中事"),
        "breach: a community's leader",
    ),
    Told(
        "N14",
        news.breached("MEDIUM_RESOLVE", **OF_STREET),
        [DISPATCHER, OFFICE],
        (NUMBER, "中事化解 CK-06", "逾期30分钟"),
        "breach: the street over its centre",
    ),
    Told(
        "N14",
        news.breached("MAJOR_PLAN", **OF_FIRE),
        [FIREMAN, DISPATCHER],
        (NUMBER, "大事方案 CK-07", "逾期30分钟"),
        "breach: the dispatcher over departments",
    ),
    Told(
        "N14",
        news.breached("DISPATCH", **OF_NOBODY),
        [DISPATCHER, OFFICE],
        (NUMBER, "派单 CK-01", "逾期30分钟"),
        "breach of CK-01: dispatcher and leader",
    ),
    rung("STREET_CENTRE", hours=24, people=[DISPATCHER], span="1天"),
    rung(
        *("COUNTY_CENTRE", "COUNTY_HOUSING"),
        hours=72,
        people=[COUNTY_CENTRE, COUNTY_HOUSING],
        span="3天",
    ),
    rung(
        *("CITY_HOUSING", "CITY_SOCIAL_WORK"),
        hours=168,
        people=[CITY_HOUSING, SOCIAL_WORK],
        span="7天",
    ),
    Told("N14", news.supervised(), [LEADER], (NUMBER, "督办", "2026年3月3日"), "T44 superior"),
    Told("N14", news.returned(), [DISPATCHER], (NUMBER, "照常计算", "裁定"), "T12"),
    Told(
        "N14",
        news.suspension_asked("GRID_LEADER"),
        [LEADER],
        (NUMBER, "等待鉴定", "照常计算", "2026年3月5日 24:00"),
        "T27 asked",
    ),
    Told(
        "N14",
        news.suspension_asked("COUNTY_CENTRE"),
        [COUNTY_CENTRE],
        (NUMBER, "等待鉴定"),
        "T27 asked of the county (X07)",
    ),
    Told(
        "N14",
        news.extension_asked(grade=Grade.MEDIUM, **OF_STREET),
        [LEADER, OFFICE],
        (NUMBER, "中事化解 CK-06", "2026年3月9日 24:00"),
        "T29 asked: leader, then street",
    ),
    Told(
        "N14",
        news.extension_asked(grade=Grade.MAJOR, **OF_FIRE),
        [OFFICE, COUNTY_CENTRE],
        (NUMBER, "申请延期"),
        "T29 asked: street, then county",
    ),
    Told(
        "N14",
        news.acceptance_due_soon(desk_id=STREET_CENTRE),
        [DISPATCHER],
        ("SQ421202", "受理 CK-00", "80%", "2026年3月2日 11:00"),
        "warning of CK-00",
    ),
    Told(
        "N14",
        news.acceptance_overdue(desk_id=STREET_CENTRE),
        [DISPATCHER],
        ("SQ421202", "受理 CK-00", "2026年3月2日 11:00"),
        "breach of CK-00",
    ),
    Told(
        "N14",
        news.rectification_due_soon(),
        [MANAGER_1],
        ("桂花园", "整改 CK-16", "50%", "2026年4月1日 24:00"),
        "warning of CK-16",
    ),
    Told(
        "N14",
        news.talk_prompted(),
        [OFFICE],
        ("演示物业公司", "桂花园", "3件", "近30日"),
        "3.6: the street is prompted",
    ),
    Told(
        "N17", news.meeting_missing(), [LEADER, OFFICE], ("演示社区2026年第10周", "3月8日"), "week"
    ),
    Told(
        "N17",
        news.meeting_missing(level="STREET", cycle="MONTH", convenor_id=STREET, superior_id=None),
        [OFFICE],
        ("2026年3月没有街道（乡镇）物业联席会议",),
        "month",
    ),
    Told(
        "N17",
        news.meeting_missing(level="CITY", cycle="QUARTER", convenor_id=STREET),
        [OFFICE],
        ("2026年第1季度没有全市物业治理推进会",),
        "quarter",
    ),
    Told(
        "N18",
        news.grouped(7),
        [LEADER, OFFICE, DISPATCHER],
        ("桂花园", "轻微噪音", "7户"),
        "group alert",
    ),
)
EACH = pytest.mark.parametrize("row", ROWS, ids=str)


@EACH
async def test_exactly_they_are_told_once(stage: Stage, row: Told) -> None:
    """Invariant 9, X36: everybody meant, nobody else, once, with all that must be said."""
    await gather(stage)
    await stage.hear_after_forgetting(row.event)
    for person in EVERYBODY:
        entries = await told(stage, person, row.code)
        assert len(entries) == (person in row.people), person.name
        for entry in entries:
            assert all(word in entry["body"] for word in row.words), entry["body"]


@EACH
async def test_staff_are_told_at_night_too(stage: Stage, town: Town, row: Told) -> None:
    """The quiet hours are the owner's; who accepted WeChat messages gets one where it is listed."""
    await gather(stage)
    for person in row.people:
        await accept(stage, town, person, Template.TASK)
    stage.clock.move_to(NIGHT)
    await stage.hear(row.event)
    await pump(stage)
    await pump(stage)
    listed = "WECHAT" in BOOK.notifications[row.code].channels
    for person in row.people:
        assert len(town.wechat_to(person.name)) == listed, person.name
    assert town.sms_to(OWNER_1.mobile) == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.code == "N18"], ids=str)
async def test_a_group_alert_is_texted_to_who_accepted_nothing(
    stage: Stage, town: Town, row: Told
) -> None:
    """N18: message and SMS."""
    await gather(stage)
    await stage.hear(row.event)
    await pump(stage)
    for person in row.people:
        (sent,) = town.sms_to(person.mobile)
        assert tuple(sent.params) == (NUMBER, "群体预警")


@pytest.mark.parametrize("kind", list(ClockKind))
async def test_a_desk_is_reminded_of_every_clock_that_is_its_own(
    stage: Stage, kind: ClockKind
) -> None:
    """N14, CK-00 to CK-18: not of what runs for the owner or the parties, who have N09."""
    await gather(stage)
    await stage.hear(news.warned(kind), news.breached(kind))
    expected = 0 if kind in OTHERS_TIME else 2
    entries = await told(stage, WORKER_1, "N14")
    assert len(entries) == expected
    assert all(BOOK.clock(kind).code in entry["body"] for entry in entries)
    assert len(await told(stage, LEADER, "N14")) == expected // 2


async def test_a_breach_that_was_noticed_late_says_how_late(stage: Stage) -> None:
    """X38: the worker was away for a day and two hours."""
    await gather(stage)
    await stage.hear(news.breached(), at=news.DUE + timedelta(days=1, hours=2, minutes=5))
    (entry,) = await told(stage, WORKER_1, "N14")
    assert "逾期1天2小时" in entry["body"]


async def test_a_seat_without_people_is_told_as_an_organisation(stage: Stage) -> None:
    """3.6: before the directory has said anything, by the id that such a seat has."""
    await stage.hear(news.escalated("COUNTY_HOUSING", hours=72))
    assert len(await told(stage, COUNTY_HOUSING, "N14")) == 1
    assert await told(stage, CITY_HOUSING, "N14") == []


async def test_a_joint_case_has_one_leader_over_it(stage: Stage) -> None:
    """N04, N14: co-units have their task, the breach goes to lead and dispatcher."""
    await gather(stage)
    co = WORKER_1.actor.organisation_id
    unit = Unit(organisation_id=co, end="COMMUNITY", role="CO", display_name="演示社区")
    joint = {"handler": FIRE_BRIGADE, "units": (FIRE_BRIGADE, unit), "state": CaseStatus.JOINT}
    await stage.hear(news.dispatched(**joint), news.breached("MAJOR_RESULT", **joint))
    assert len(await told(stage, WORKER_1, "N04")) == 1
    assert await told(stage, WORKER_1, "N14") == []
    assert len(await told(stage, FIREMAN, "N14")) == 1
