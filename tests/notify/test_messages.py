"""Who is told what: recipients, texts, one message per event and recipient, the inbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.event import Event
from shared.contracts.routing import Unit
from shared.identity import Actor, End, Role, Scope
from tests.notify.news import (
    CENTRE,
    HINT,
    acceptance_overdue,
    accepted,
    cancelled,
    closed,
    dispatched,
    effective,
    extended,
    feedback,
    guided,
    info_requested,
    manager_known,
    owner_known,
    refused_for_the_police,
    scheduled,
    staff_known,
    submitted,
    suspended,
    urged,
    worker_known,
)
from tests.samples import (
    CASE,
    COMMUNITY,
    COMPANY,
    DIVISION,
    FIRE,
    MANAGER,
    NEIGHBOUR,
    OFFICER,
    OWNER,
    STRANGER,
    WORKER,
    a_case,
    named,
    owner,
    staff,
)
from tests.stage import Stage

GRID_STAFF = staff(WORKER, End.GRID, Role.GRID_WORKER, COMMUNITY, (DIVISION,))
SITE_MANAGER = staff(MANAGER, End.PROPERTY, Role.SITE_OFFICE, COMPANY)


def in_grids(*codes: str) -> Actor:
    """A grid worker, whose scope is grids and nothing else."""
    worker = staff(WORKER, End.GRID, Role.GRID_WORKER, COMMUNITY)
    return replace(worker, scope=Scope(grids=frozenset(codes)))


async def inbox(stage: Stage, actor: Actor) -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        return list((await client.get("/inbox")).json()["items"])


async def codes(stage: Stage, actor: Actor) -> list[str]:
    return sorted(entry["notification"] for entry in await inbox(stage, actor))


SAYS = [
    (submitted(), "N01", ("SQ421202-20260302-00001", "轻微噪音", "下一步")),
    (accepted(), "N01", ("已受理", "轻微噪音", "下一步")),
    (refused_for_the_police(), "N03", ("公安机关", HINT)),
    (info_requested(), "N02", ("小区、楼栋", "照片", "2026年3月7日 24:00")),
    (dispatched(), "N06", ("演示社区第一网格", "2026年3月3日 09:00", "2026年3月9日 24:00")),
    (scheduled(), "N07", ("2026年3月4日 15:00", "演示社区调解室", "自愿", "不收费", "拒绝调解")),
    (effective(), "N08", ("履行义务", "2026年3月2日", "2026年4月1日", "司法确认")),
    (effective(confirmable=False), "N08", ("2026年3月2日", "权属", "不能申请司法确认")),
    (guided(broken=True), "N10", ("调解协议未能履行", "人民法院起诉")),
    (guided(), "N10", ("经调解未能解决", "人民法院起诉", "仲裁", "行政主管部门")),
    (feedback(), "N11", ("已解决", "理由", "如不认可", "评价")),
    (suspended(), "N12", ("等待鉴定", "2026年3月5日 24:00", "时限顺延")),
    (extended(), "N12", ("情况复杂", "2026年3月16日 24:00")),
    (closed(), "N13", ("已办结", "2026年3月17日")),
]


@pytest.mark.parametrize(("event", "code", "words"), SAYS, ids=[row[1] for row in SAYS])
async def test_the_owner_is_told_once(
    stage: Stage, event: Event, code: str, words: tuple[str, ...]
) -> None:
    """N01 to N13, invariant 9, X36: delivered twice, said once, with all that must be said."""
    await stage.hear(event)
    (entry,) = await inbox(stage, owner())
    assert entry["notification"] == code
    for word in words:
        assert word in entry["body"]
    assert await inbox(stage, owner(STRANGER)) == []


async def test_what_was_not_granted_is_not_told(stage: Stage) -> None:
    """N12, T29: for the owner nothing has changed."""
    await stage.hear(extended(granted=False))
    assert await inbox(stage, owner()) == []


async def test_once_even_when_the_inbox_has_forgotten(stage: Stage) -> None:
    """Invariant 9: the row itself is unique by event, recipient and notification."""
    await stage.hear_after_forgetting(dispatched())
    assert await codes(stage, owner()) == ["N06"]
    assert await stage.count("message") == 3


async def test_a_dispatch_tells_handler_site_office_and_owner(stage: Stage) -> None:
    """T10: N04, N05 and N06 of one event, each to its own."""
    await stage.hear(worker_known(), manager_known(), owner_known())
    await stage.hear(dispatched())
    assert await codes(stage, GRID_STAFF) == ["N04"]
    assert await codes(stage, SITE_MANAGER) == ["N05"]
    assert await codes(stage, owner()) == ["N06"]


async def test_an_urge_is_a_task_for_the_handler(stage: Stage) -> None:
    """T45: how often, and by when; the owner who urged is not told by message."""
    await stage.hear(worker_known())
    await stage.hear(urged())
    (entry,) = await inbox(stage, GRID_STAFF)
    assert (entry["notification"], entry["title"]) == ("N04", "业主催办")
    for word in ("第2次", "小事", "2026年3月3日 09:00"):
        assert word in entry["body"]
    assert await inbox(stage, owner()) == []


async def test_a_cancelled_case_is_told_to_handler_and_site_office(stage: Stage) -> None:
    """T08."""
    await stage.hear(worker_known(), manager_known())
    await stage.hear(cancelled())
    (task,), (note,) = await inbox(stage, GRID_STAFF), await inbox(stage, SITE_MANAGER)
    assert (task["notification"], note["notification"]) == ("N04", "N05")
    assert "无需继续" in task["body"]
    assert "撤回" in note["body"]


async def test_the_centre_is_alerted_of_an_overdue_acceptance(stage: Stage) -> None:
    """CK-00, N14: the people of the desk, and nobody where no desk is known."""
    dispatcher = staff(STRANGER, End.CENTRE, Role.DISPATCHER, CENTRE, ("421202",))
    await stage.hear(
        staff_known(STRANGER, "dispatcher-1", CENTRE, end="CENTRE", roles=("DISPATCHER",))
    )
    await stage.hear(acceptance_overdue())
    await stage.hear(acceptance_overdue(id=named("another"), desk_id=None))
    (entry,) = await inbox(stage, dispatcher)
    assert entry["notification"] == "N14"
    for word in ("SQ421202-20260302-00001", "CK-00", "2026年3月2日 11:00"):
        assert word in entry["body"]
    assert await stage.count("message") == 1


async def test_the_task_names_place_grade_and_due_time(stage: Stage) -> None:
    """N04."""
    await stage.hear(worker_known())
    await stage.hear(dispatched())
    (entry,) = await inbox(stage, GRID_STAFF)
    assert "演示·桂花园" in entry["body"]
    assert "小事" in entry["body"]
    assert "2026年3月3日 09:00" in entry["body"]


async def test_co_units_are_told_and_informed_units_are_not(stage: Stage) -> None:
    """N04: the handler and the units that work with it; those only informed have no task."""
    co = Unit(organisation_id=FIRE, end="DEPARTMENT", role="CO", display_name="演示消防救援大队")
    info = co.model_copy(update={"organisation_id": named("press"), "role": "INFO"})
    await stage.hear(worker_known())
    await stage.hear(
        staff_known(OFFICER, "officer-1", FIRE), staff_known(STRANGER, "x", named("press"))
    )
    await stage.hear(dispatched(units=(a_case().units[0], co, info)))
    assert await codes(stage, staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE)) == [
        "N04"
    ]
    assert await stage.count("message", f"recipient_id = '{STRANGER}'") == 0


async def test_only_the_people_of_the_place_are_told(stage: Stage) -> None:
    """A03: a company's manager of another estate, and one who has left, hear nothing."""
    elsewhere, gone = named("manager elsewhere"), named("manager who left")
    await stage.hear(
        manager_known(),
        manager_known(id=elsewhere, estate_ids=(named("other estate"),), openid=None),
        manager_known(id=gone, active=False, openid=None),
    )
    await stage.hear(dispatched())
    assert await stage.count("message", "notification = 'N05'") == 1
    assert await codes(stage, SITE_MANAGER) == ["N05"]


async def test_an_organisation_without_people_is_told_as_such(stage: Stage) -> None:
    """Whoever is the first to work there finds it in the inbox."""
    await stage.hear(dispatched())
    assert await codes(stage, SITE_MANAGER) == ["N05"]
    assert await codes(stage, staff(STRANGER, End.PROPERTY, Role.SITE_OFFICE, named("other"))) == []


@pytest.mark.parametrize("respondent", ["COMPANY", "OTHER", None])
@pytest.mark.parametrize(
    ("news", "code"),
    [(scheduled, "N07"), (effective, "N08"), (guided, "N10")],
    ids=["N07", "N08", "N10"],
)
async def test_the_company_is_told_where_it_is_a_party(
    stage: Stage, news: Callable[..., Event], code: str, respondent: str | None
) -> None:
    """A quarrel with a neighbour is none of the company's business (X16, A13)."""
    await stage.hear(manager_known())
    await stage.hear(news(respondent=respondent))
    assert await codes(stage, owner()) == [code]
    assert await codes(stage, SITE_MANAGER) == ([] if respondent == "OTHER" else [code])


async def test_an_estate_without_company_is_no_obstacle(stage: Stage) -> None:
    """X29."""
    await stage.hear(dispatched(company_id=None))
    assert await stage.count("message", "notification = 'N05'") == 0
    assert await codes(stage, owner()) == ["N06"]


async def test_every_household_gets_its_feedback(stage: Stage) -> None:
    """X09, W5: two households, two messages of one event."""
    await stage.hear(feedback(owner_ids=(OWNER, NEIGHBOUR)))
    assert await codes(stage, owner()) == ["N11"]
    assert await codes(stage, owner(NEIGHBOUR)) == ["N11"]


async def test_of_an_anonymous_complaint_nobody_is_told(stage: Stage) -> None:
    """X15: neither at submission nor later, while a named neighbour of the same case is."""
    theirs = named("neighbour's complaint")
    await stage.hear(submitted(anonymous=True))
    await stage.hear(submitted(id=theirs, owner_id=NEIGHBOUR))
    await stage.hear(
        feedback(complaint_ids=(named("complaint"), theirs), owner_ids=(OWNER, NEIGHBOUR))
    )
    assert await codes(stage, owner()) == []
    assert await codes(stage, owner(NEIGHBOUR)) == ["N01", "N11"]


async def test_reading_counts_down_the_unread(stage: Stage) -> None:
    await stage.hear(submitted())
    await stage.hear(accepted())
    async with stage.client(owner()) as client:
        before = (await client.get("/inbox")).json()
        assert before["unread"] == 2
        path = f"/inbox/{before['items'][0]['id']}/reading"
        first = await client.post(path)
        second = await client.post(path)
        assert (first.status_code, second.json()["read_at"]) == (200, first.json()["read_at"])
        assert (await client.get("/inbox")).json()["unread"] == 1
    async with stage.client(owner(STRANGER)) as client:
        refused = await client.post(path)
    assert (refused.status_code, refused.json()["code"]) == (404, "MESSAGE_NOT_FOUND")
    async with stage.client() as nobody:
        assert (await nobody.get("/inbox")).status_code == 401


async def test_the_inbox_turns_pages(stage: Stage) -> None:
    for event in (submitted(), accepted(), closed()):
        await stage.hear(event)
    async with stage.client(owner()) as client:
        first = (await client.get("/inbox", params={"limit": 2})).json()
        rest = (await client.get("/inbox", params={"limit": 2, "cursor": first["next"]})).json()
        wrong = await client.get("/inbox", params={"cursor": "WyJhIl0="})
    assert [entry["notification"] for entry in first["items"]] == ["N13", "N01"]
    assert [entry["notification"] for entry in rest["items"]] == ["N01"]
    assert (rest["next"], rest["unread"]) == (None, 3)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "CURSOR_INVALID")


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (GRID_STAFF, 200),
        (staff(STRANGER, End.CENTRE, Role.DISPATCHER, named("centre"), ("421202",)), 200),
        (staff(STRANGER, End.CENTRE, Role.DISPATCHER, named("centre"), ("421281",)), 404),
        (in_grids("421202001001001"), 200),
        (in_grids("421202001001002"), 404),
        (staff(STRANGER, End.GRID, Role.GRID_LEADER, COMMUNITY, ("421202001001",)), 200),
        (staff(STRANGER, End.GRID, Role.GRID_LEADER, COMMUNITY, ("421202001002",)), 404),
        (replace(GRID_STAFF, interests=frozenset({COMPANY})), 404),
        (replace(GRID_STAFF, interests=frozenset({FIRE})), 200),
        (staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE, ("421202",)), 404),
        (SITE_MANAGER, 404),
        (owner(), 403),
    ],
    ids=[
        *("street", "centre", "other county", "grid", "other grid", "community"),
        *("other community", "A13", "other interest", "department", "site office", "owner"),
    ],
)
async def test_who_sees_who_was_told(stage: Stage, actor: Actor, status: int) -> None:
    await stage.hear(submitted())
    await stage.hear(dispatched())
    async with stage.client(actor) as client:
        response = await client.get("/messages", params={"case_id": str(CASE)})
    assert response.status_code == status
    if status == 200:
        told = {entry["notification"] for entry in response.json()["items"]}
        assert told == {"N01", "N04", "N05", "N06"}, "the receipt came before there was a case"


CENTRE_STAFF = staff(STRANGER, End.CENTRE, Role.DISPATCHER, named("centre"), ("421202",))


@pytest.mark.parametrize("confidential", [True, False])
async def test_of_a_confidential_case_the_centre_alone_sees_whose_it_is(
    stage: Stage, confidential: bool
) -> None:
    """X16: the record says that an owner was told, and not which one."""
    await stage.hear(dispatched(confidential=confidential))
    told: dict[str, set[str | None]] = {}
    for actor in (GRID_STAFF, CENTRE_STAFF):
        async with stage.client(actor) as client:
            answer = await client.get("/messages", params={"case_id": str(CASE)})
        told[actor.end] = {entry["recipient_id"] for entry in answer.json()["items"]}
    assert str(OWNER) in told[End.CENTRE]
    assert (str(OWNER) in told[End.GRID]) is not confidential
    assert str(COMPANY) in told[End.GRID], "who is no owner is named"


async def test_an_unknown_case_has_no_messages(stage: Stage) -> None:
    async with stage.client(GRID_STAFF) as client:
        response = await client.get("/messages", params={"case_id": str(UUID(int=7))})
    assert (response.status_code, response.json()["code"]) == (404, "CASE_NOT_FOUND")
