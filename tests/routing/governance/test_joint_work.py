"""A11: a meeting or an enforcement of several units, linked to the cases it was about."""

from __future__ import annotations

from typing import Any

from tests.routing.costs import counted
from tests.routing.drama import FEES, GARDEN, HOMESTEAD, NOISE, Drama, owner, staff

STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
LEAD = staff("chengguan.xianan")
THREE = [
    str(staff(account).organisation_id)
    for account in ("chengguan.xianan", "zhuxin.xianan", "xiaofang.xianan")
]


def _work(drama: Drama, *case_ids: object, **changes: Any) -> dict[str, Any]:
    work = {
        "kind": "ENFORCEMENT",
        "held_at": drama.now.isoformat(),
        "division": "421202001",
        "organisation_ids": THREE,
        "case_ids": [str(each) for each in case_ids],
        "summary": "三部门联合检查楼道与违建",
    }
    return work | changes


async def test_three_departments_and_two_cases(drama: Drama) -> None:
    """A11: both timelines show it; the departments that took part read it."""
    first, second = await drama.submit(NOISE), await drama.submit(FEES)
    answer = await drama.send(STREET, "/joint-work", _work(drama, first, second))
    assert answer.status_code == 201, answer.text
    assert {each["id"] for each in answer.json()["cases"]} == {str(first), str(second)}
    for case_id in (first, second):
        lines = (await drama.see(STREET, f"/cases/{case_id}/timeline"))["items"]
        assert [line["note"] for line in lines if line["row"] == "A11"] == [
            "三部门联合检查楼道与违建"
        ]
    seen = await drama.see(LEAD, f"/joint-work/{answer.json()['id']}")
    assert len(seen["units"]) == 3
    assert seen["cases"] == [], "taking part does not open cases (A06)"


async def test_who_took_no_part_and_governs_elsewhere_reads_nothing(drama: Drama) -> None:
    answer = await drama.send(STREET, "/joint-work", _work(drama))
    elsewhere = staff("zhongzhi.fushan")
    assert (await drama.see(elsewhere, "/joint-work"))["items"] == []
    path = f"/joint-work/{answer.json()['id']}"
    assert (await drama.read(elsewhere, path)).status_code == 404
    assert (await drama.read(COUNTY, path)).status_code == 200


async def test_all_cases_or_none(drama: Drama) -> None:
    """A case of another street: nothing is recorded for the own one either."""
    own = await drama.submit(NOISE)
    other = await drama.submit(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    answer = await drama.send(STREET, "/joint-work", _work(drama, own, other))
    assert (answer.status_code, answer.json()["code"]) == (404, "CASE_NOT_FOUND")
    assert await drama.stage.count("joint_work") == 0
    assert await drama.stage.count("case_entry", "row = 'A11'") == 0


async def test_what_joint_work_needs(drama: Drama) -> None:
    refusals: dict[str, dict[str, Any]] = {
        "NOT_JOINT": {"organisation_ids": THREE[:1]},
        "UNKNOWN_UNIT": {"organisation_ids": [*THREE, str(owner().id)]},
        "NOT_HELD_YET": {"held_at": "2027-01-01T09:00:00+08:00"},
        "NOT_YOUR_DIVISION": {"division": "421202002"},
    }
    for code, changes in refusals.items():
        answer = await drama.send(STREET, "/joint-work", _work(drama, **changes))
        assert answer.json()["code"] == code


async def test_only_street_and_centre_record_it(drama: Drama) -> None:
    for person in (LEAD, staff("wanggezhang.wenquan"), staff("wuye.wenquan")):
        answer = await drama.send(person, "/joint-work", _work(drama))
        assert (answer.status_code, answer.json()["code"]) == (403, "CENTRES_ONLY")


async def test_a_list_costs_the_same_however_long_it_is(drama: Drama) -> None:
    """Cases of all joint work on the page with one statement, clocks of rectifications as well."""
    case_id = await drama.submit(NOISE)
    talk = {
        "company_id": str(staff("wuye.wenquan").organisation_id),
        "estate_id": str(GARDEN.estate_id),
        "cause": "OTHER",
        "talk_held_at": drama.now.isoformat(),
        "demands": "公示收费标准",
    }
    costs = []
    for _ in range(3):
        await drama.send(STREET, "/joint-work", _work(drama, case_id))
        await drama.send(STREET, "/rectifications", talk)
        with counted(drama) as statements:
            works = await drama.see(STREET, "/joint-work")
            talks = await drama.see(STREET, "/rectifications")
        costs.append(len(statements))
    assert [len(each["cases"]) for each in works["items"]] == [1, 1, 1]
    assert len(talks["items"]) == 3
    assert len(set(costs)) == 1, costs
