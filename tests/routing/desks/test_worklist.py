"""Worklists: who sees what, every filter, every order, and pages that hold still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from shared.contracts.vocabulary import Channel
from shared.identity import Actor, Role
from tests.routing.desks.lists import numbers, whole_list
from tests.routing.drama import (
    FEES,
    HOMESTEAD,
    ILLEGAL,
    LIFT,
    NOISE,
    TRAPPED,
    Drama,
    owner,
    staff,
)

STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
COMPANY = staff("wuye.wenquan")
DEPARTMENT = staff("chengguan.xianan")
COURT = staff("fayuan.xianan")
AGENCY = staff("pinggu.shi")
EVERYBODY = [
    actor
    for actor in (staff(person.account) for person in world.STAFF)
    if actor.end != "COURT" and Role.EVALUATOR not in actor.roles
]

Line = dict[str, Any]


async def _filled(drama: Drama) -> dict[str, UUID]:
    """Cases of every grade, in two streets, an hour apart; some of them signed."""
    cases: dict[str, UUID] = {}
    for name, words in (("noise", NOISE), ("fees", FEES), ("illegal", ILLEGAL), ("lift", LIFT)):
        cases[name] = await drama.submit(words)
        await drama.pass_time(minutes=20)
    cases["far"] = await drama.submit(NOISE, place=HOMESTEAD)
    cases["secret"] = await drama.submit(FEES, confidential=True, channel=Channel.WALK_IN)
    cases["trapped"] = await drama.submit(TRAPPED)
    await drama.act(WORKER, cases["noise"], "signature")
    return cases


async def _numbers_of(drama: Drama, cases: dict[str, UUID], *names: str) -> set[str]:
    return {(await drama.row(cases[name]))["number"] for name in names}


async def test_everybody_sees_what_is_visible_and_open(drama: Drama) -> None:
    """A02-A07: the lanes of a worklist lead to all that `visible_to` shows, and to nothing else."""
    await _filled(drama)
    ended = await drama.submit(NOISE)
    await drama.rows("UPDATE cases SET state = 'CANCELLED', next_due_at = NULL WHERE id = :id"
                     " RETURNING id", id=ended)  # fmt: skip
    for actor in EVERYBODY:
        page = await drama.see(actor, "/cases", limit=100)
        open_cases = {line["number"] for line in page["items"] if line["state"] != "CANCELLED"}
        for sort in ("DUE", "ACCEPTED", "GRADE"):
            listed = await numbers(drama, actor, sort=sort, limit=2)
            assert set(listed) == open_cases, (actor, sort)
            assert len(listed) == len(set(listed)), (actor, sort)
        counts = await drama.see(actor, "/worklist/counts")
        assert counts["total"] == len(open_cases)


@pytest.mark.parametrize("actor", [owner(), COURT, AGENCY], ids=["owner", "court", "agency"])
async def test_who_keeps_no_desk_has_no_worklist(drama: Drama, actor: Actor) -> None:
    for path in ("/worklist", "/worklist/counts"):
        answer = await drama.read(actor, path)
        assert (answer.status_code, answer.json()["code"]) == (403, "DESKS_ONLY")


async def test_a_line_tells_the_next_promise_and_no_name(drama: Drama) -> None:
    """CK-02 is due before CK-03 to CK-05; the line is a summary, so no reporter is in it (X16)."""
    case_id = await drama.submit(NOISE, confidential=True)
    (line,) = await whole_list(drama, COMPANY)
    sign = await drama.clock(case_id, "SIGN")
    assert line["next_clock"] == "SIGN"
    assert datetime.fromisoformat(line["next_due_at"]) == sign["due_at"]
    assert line["clock_state"] == "RUNNING_OK"
    assert not {"owner_id", "house_id", "reporter", "title", "text", "place"} & set(line)


FILTERS: dict[str, tuple[dict[str, Any], Callable[[Line], bool]]] = {
    "state": ({"state": "HANDLING"}, lambda line: line["state"] == "HANDLING"),
    "states": (
        {"state": ["HANDLING", "DISPATCHED"]},
        lambda line: line["state"] in {"HANDLING", "DISPATCHED"},
    ),
    "grade": ({"grade": "MAJOR"}, lambda line: line["grade"] == "MAJOR"),
    "grades": (
        {"grade": ["SMALL", "MEDIUM"]},
        lambda line: line["grade"] in {"SMALL", "MEDIUM"},
    ),
    "category": ({"category": "NS"}, lambda line: line["category"].startswith("NS")),
    "channel": ({"channel": "WALK_IN"}, lambda line: line["channel"] == "WALK_IN"),
    "street": ({"place": "421202001"}, lambda line: line["division"] == "421202001"),
    "estate": (
        {"estate": str(HOMESTEAD.estate_id)},
        lambda line: line["estate_id"] == str(HOMESTEAD.estate_id),
    ),
    "emergency": ({"emergency": "true"}, lambda line: line["emergency"]),
    "calm": ({"emergency": "false"}, lambda line: not line["emergency"]),
    "overdue": ({"overdue": "true"}, lambda line: line["overdue"]),
    "confidential": ({"confidential": "true"}, lambda line: line["confidential"]),
    "supervised": ({"supervised": "true"}, lambda line: line["supervised"]),
    "group": ({"group_incident": "false"}, lambda line: not line["group_incident"]),
    "clock": ({"clock": "OVERDUE"}, lambda line: line["clock_state"] == "OVERDUE"),
    "clocks": (
        {"clock": ["WARNED_50", "WARNED_80"]},
        lambda line: line["clock_state"] in {"WARNED_50", "WARNED_80"},
    ),
    "number": ({"number": "XN421202-"}, lambda line: line["number"].startswith("XN421202-")),
    "handler": (
        {"handler": str(WORKER.organisation_id)},
        lambda line: (line["handler"] or {}).get("organisation_id") == str(WORKER.organisation_id),
    ),
}


@pytest.mark.parametrize("name", FILTERS)
async def test_a_filter_keeps_what_it_says(drama: Drama, name: str) -> None:
    """The list and the counts are narrowed alike, in every order."""
    await _filled(drama)
    await drama.pass_time(minutes=25)  # CK-01 of what waits for a dispatcher is warned about
    query, keeps = FILTERS[name]
    everything = await whole_list(drama, COUNTY)
    wanted = {line["number"] for line in everything if keeps(line)}
    for sort in ("DUE", "ACCEPTED", "GRADE"):
        assert set(await numbers(drama, COUNTY, sort=sort, **query)) == wanted
    counts = await drama.see(COUNTY, "/worklist/counts", **query)
    assert (counts["total"], counts["exact"]) == (len(wanted), True)


async def test_moments_bound_the_list(drama: Drama) -> None:
    await _filled(drama)
    lines = await whole_list(drama, COUNTY)
    for name, key in (("due_before", "next_due_at"), ("accepted_before", "accepted_at")):
        moment = sorted(datetime.fromisoformat(line[key]) for line in lines)[3]
        earlier = {line["number"] for line in lines if datetime.fromisoformat(line[key]) < moment}
        assert set(await numbers(drama, COUNTY, **{name: moment.isoformat()})) == earlier
        assert earlier
    since = sorted(line["accepted_at"] for line in lines)[3]
    later = {line["number"] for line in lines if line["accepted_at"] >= since}
    assert set(await numbers(drama, COUNTY, accepted_from=since)) == later


async def test_mine_waits_for_me_and_unit_for_all_of_us(drama: Drama) -> None:
    cases = await _filled(drama)
    assert set(await numbers(drama, WORKER, mine=True)) == {
        line["number"]
        for line in (await drama.see(WORKER, "/cases", mine=True, limit=100))["items"]
    }
    assert await _numbers_of(drama, cases, "noise") <= set(await numbers(drama, WORKER, unit=True))
    assert await _numbers_of(drama, cases, "far") & set(await numbers(drama, WORKER)) == set()
    assert set(await numbers(drama, DEPARTMENT, unit=True)) <= set(await numbers(drama, DEPARTMENT))


async def test_the_orders(drama: Drama) -> None:
    await _filled(drama)
    due = await whole_list(drama, COUNTY)
    moments = [line["next_due_at"] for line in due]
    assert moments == sorted(moments)
    accepted = [line["accepted_at"] for line in await whole_list(drama, COUNTY, sort="ACCEPTED")]
    assert accepted == sorted(accepted, reverse=True)
    rank = {"MAJOR": 0, "MEDIUM": 1, "SMALL": 2, None: 3}
    graded = await whole_list(drama, COUNTY, sort="GRADE", limit=2)
    keys = [(rank[line["grade"]], line["next_due_at"]) for line in graded]
    assert keys == sorted(keys)
    assert len({line["grade"] for line in graded}) > 1


@pytest.mark.parametrize("sort", ["DUE", "ACCEPTED", "GRADE"])
async def test_pages_hold_still_while_cases_come_in(drama: Drama, sort: str) -> None:
    """What was there at the first page is listed exactly once, whatever is filed meanwhile."""
    await _filled(drama)
    before = await numbers(drama, STREET, sort=sort)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        further = {"cursor": cursor} if cursor else {}
        page = await drama.see(STREET, "/worklist", sort=sort, limit=2, **further)
        seen += [line["number"] for line in page["items"]]
        cursor = page["next"]
        await drama.submit(NOISE)
    assert [number for number in seen if number in before] == before
    assert len(seen) == len(set(seen))


async def test_a_cursor_of_another_order_is_refused(drama: Drama) -> None:
    await _filled(drama)
    page = await drama.see(STREET, "/worklist", limit=1)
    for cursor in (page["next"], "bm90aGluZw==", "WyIyMDI2LTAzLTAyIiwgIngiXQ=="):
        answer = await drama.read(STREET, "/worklist", sort="ACCEPTED", cursor=cursor)
        assert (answer.status_code, answer.json()["code"]) == (422, "CURSOR_INVALID")


async def test_a_place_outside_narrows_to_nothing(drama: Drama) -> None:
    """A filter never widens what is visible."""
    cases = await _filled(drama)
    assert await numbers(drama, STREET, place="421281") == []
    assert await numbers(drama, STREET, place="42") == await numbers(drama, STREET)
    (far,) = await drama.rows(
        "SELECT organisation_id FROM assignment WHERE case_id = :id AND role = 'LEAD'",
        id=cases["far"],
    )
    elsewhere = str(far["organisation_id"])
    assert await numbers(drama, staff("zhongzhi.chimagang"), handler=elsewhere) != []
    assert await numbers(drama, STREET, handler=elsewhere) == []


async def test_warnings_and_breaches_show_in_the_list(drama: Drama) -> None:
    """X38: the sweeper marks what it finds; the next promise is the one that was broken."""
    case_id = await drama.submit(ILLEGAL)  # waits for a dispatcher: CK-01 runs an hour
    states = []
    for _ in range(5):
        await drama.pass_time(minutes=16)
        (line,) = await whole_list(drama, STREET)
        states.append(line["clock_state"])
    assert states == ["RUNNING_OK", "WARNED_50", "WARNED_80", "OVERDUE", "OVERDUE"]
    due = (await drama.clock(case_id, "DISPATCH"))["due_at"]
    assert datetime.fromisoformat(line["next_due_at"]) == due
    assert drama.now - due > timedelta(minutes=5)
