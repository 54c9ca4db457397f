"""Rules in force decide on arrival, dispatch and regrade, and for joint teams; reasons are kept."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from deploy.demo import world
from shared.contracts.vocabulary import Channel
from tests.routing.costs import counted
from tests.routing.dispatching.desk import (
    CITY,
    COUNTY,
    NIGHT,
    STREET,
    activated,
    lead_of,
    row,
)
from tests.routing.drama import FEES, GARDEN, HOMESTEAD, ILLEGAL, NOISE, Drama, Place, staff

GUIYU = Place("桂语雅苑（演示）", "1")
WORKER = staff("wangge.wenquan2")


async def test_without_rules_the_due_matrix_says_why(drama: Drama) -> None:
    """B09: every unit reads what chose it and why."""
    case = await drama.see(CITY, f"/cases/{await drama.submit(NOISE)}")
    assert case["handler"]["chosen_by"] == "rulebook:grades.SMALL.handler"
    assert case["handler"]["reason"] == "小事按规则册办理，由网格员承办"
    assert all(unit["reason"] for unit in case["units"])


async def test_a_rule_decides_on_arrival_and_its_reason_is_kept(drama: Drama) -> None:
    """T10: by night to the county's centre, by day as ever; the set can be named afterwards."""
    set_id = await activated(drama, NIGHT)
    by_day = await drama.submit(NOISE)
    drama.move_to("2026-03-02 23:00")
    by_night = await drama.submit(NOISE)
    assert (await lead_of(drama, by_day))["person_id"] == str(WORKER.id)
    lead = await lead_of(drama, by_night)
    assert lead["organisation_id"] == str(world.centre("421202"))
    assert lead["chosen_by"] == f"rule:{set_id}:1"
    assert lead["reason"] == "派单规则421202第1版第1条“夜间”：夜间由县级中心值班"


@pytest.mark.parametrize(
    ("cells", "decides"),
    [
        ({"divisions": "421202001"}, True),
        ({"divisions": "421202002"}, False),
        ({"estates": GARDEN.estate}, True),
        ({"estates": GUIYU.estate}, False),
        ({"categories": "NS"}, True),
        ({"categories": "PF"}, False),
        ({"grades": "小事"}, True),
        ({"grades": "大事"}, False),
        ({"channels": "小程序"}, True),
        ({"channels": "来访"}, False),
        ({"weekdays": "周一"}, True),
        ({"weekdays": "周二至周日"}, False),
        ({"valid_to": "2026-03-02"}, True),
        ({"valid_from": "2026-03-03"}, False),
    ],
)
async def test_each_condition_of_a_sheet(
    drama: Drama, cells: dict[str, str], decides: bool
) -> None:
    """By division, estate, category, grade, channel and time (a Monday)."""
    await activated(drama, row(lead="县级综治中心", **cells))
    lead = await lead_of(drama, await drama.submit(NOISE))
    assert (lead["organisation_id"] == str(world.centre("421202"))) is decides


async def test_the_nearest_centre_s_rules_come_first(drama: Drama) -> None:
    """The street's, the county's, the city's; each only within its own division."""
    city = await activated(drama, row(lead="市级综治中心"), actor=CITY)
    assert (await lead_of(drama, await drama.submit(NOISE, place=HOMESTEAD)))[
        "organisation_id"
    ] == str(world.centre("4212"))
    county = await activated(drama, row(lead="县级综治中心"))
    street = await activated(drama, row(lead="街道综治中心", grades="中事"), actor=STREET)
    found = [
        (await lead_of(drama, await drama.submit(words, place=place)))["chosen_by"]
        for words, place in ((FEES, GARDEN), (NOISE, GARDEN), (NOISE, HOMESTEAD))
    ]
    assert found == [f"rule:{street}:1", f"rule:{county}:1", f"rule:{city}:1"]


async def test_a_set_holds_from_its_moment_on(drama: Drama) -> None:
    """A case that came before keeps what decided it (X39); no process is started anew."""
    await activated(drama, row("旧", lead="街道综治中心"))
    later = await activated(
        drama, row("新", lead="县级综治中心"), since="2026-03-02T12:00:00+08:00"
    )
    before = await drama.submit(NOISE)
    drama.move_to("2026-03-02 12:00:00")
    after = await drama.submit(NOISE)
    assert "第1版" in (await lead_of(drama, before))["reason"]
    assert (await lead_of(drama, after))["chosen_by"] == f"rule:{later}:1"
    await drama.act(staff("zhongzhi.wenquan"), before, "signature")
    assert "第1版" in (await lead_of(drama, before))["reason"]


async def test_a_retired_set_gives_way_to_the_one_before(drama: Drama) -> None:
    first = await activated(drama, row(lead="县级综治中心"))
    drama.move_to("2026-03-02 09:30")
    second = await activated(drama, row(lead="市级综治中心"))
    for set_id, holds in ((second, f"rule:{first}:1"), (first, "rulebook:grades.SMALL.handler")):
        answer = await drama.send(COUNTY, f"/dispatch-rules/{set_id}/retirement")
        assert answer.json()["state"] == "RETIRED"
        assert (await lead_of(drama, await drama.submit(NOISE)))["chosen_by"] == holds


async def test_a_dispatcher_sends_by_the_rules_or_names_a_unit(drama: Drama) -> None:
    await activated(drama, row(lead="县级综治中心", co="物业服务企业"))
    by_rule = await drama.submit(NOISE, channel=Channel.HOTLINE)
    by_name = await drama.submit(NOISE, channel=Channel.HOTLINE)
    await drama.act(STREET, by_rule, "dispatch", {})
    await drama.act(STREET, by_name, "dispatch", {"person_id": str(WORKER.id)})
    assert (await lead_of(drama, by_rule))["chosen_by"].startswith("rule:")
    named = await lead_of(drama, by_name)
    assert (named["chosen_by"], named["reason"]) == ("dispatcher", "调度员指定")


async def test_a_regrade_asks_the_rules_again(drama: Drama) -> None:
    """T30: SMALL stays in the community, MEDIUM goes where the rule says."""
    await activated(drama, row(lead="住新局", grades="中事"))
    case_id = await drama.submit(NOISE)
    await drama.act(STREET, case_id, "grading", {"grade": "MEDIUM", "reason": "多户受影响"})
    lead = await lead_of(drama, case_id)
    assert lead["organisation_id"] == str(world.department("HOUSING", "421202"))
    assert lead["end"] == "DEPARTMENT"


async def test_a_finding_that_a_rule_sends_to_enforcement_is_handed_over(drama: Drama) -> None:
    """B17, CK-18: met when the department has the case, also through a regrade."""
    await activated(drama, row(lead="城管执法局", grades="中事"))
    case_id = await drama.submit(NOISE)
    finding = {"category": "IL01", "grade": "MEDIUM", "reason": "查实违建"}
    await drama.act(STREET, case_id, "grading", finding)
    assert (await lead_of(drama, case_id))["end"] == "DEPARTMENT"
    assert (await drama.clock(case_id, "TRANSFER"))["met_at"] is not None


async def test_whoever_has_a_stake_is_passed_over(drama: Drama) -> None:
    """A13, X20: the site manager is also the grid worker."""
    await activated(drama, row(lead="社区"))
    lead = await lead_of(drama, await drama.submit(NOISE, place=GUIYU))
    assert lead["person_id"] == str(staff("wanggezhang.wenquan").id)
    assert lead["reason"].endswith("；网格员应当回避")


async def test_a_department_that_the_county_lacks_is_the_city_s(drama: Drama) -> None:
    """A01: where the city has none either, the centre keeps the case."""
    await activated(drama, row(lead="生态环境局", grades="中事"))
    await _close(drama, world.department("ECOLOGY", "421202"))
    first = await lead_of(drama, await drama.submit(FEES))
    assert first["organisation_id"] == str(world.department("ECOLOGY", "4212"))
    assert first["reason"].endswith("；县级生态环境局未设")
    await _close(drama, world.department("ECOLOGY", "4212"))
    second = await lead_of(drama, await drama.submit(FEES))
    assert second["organisation_id"] == str(world.centre("421202001"))


async def test_a_street_without_a_centre_goes_to_the_county_s(drama: Drama) -> None:
    """A01, B19: on arrival too, with and without a known estate; then to the city's."""
    nowhere = {"estate_id": uuid4(), "building_id": None, "division": "421202001"}
    await _close(drama, world.centre("421202001"))
    found = [await drama.submit(FEES), await drama.submit(FEES, house_id=None, **nowhere)]
    leads = [(await lead_of(drama, case_id))["organisation_id"] for case_id in found]
    assert leads == [str(world.centre("421202"))] * 2
    await _close(drama, world.centre("421202"))
    lead = await lead_of(drama, await drama.submit(FEES))
    assert lead["organisation_id"] == str(world.centre("4212"))
    assert "街道未设综治中心" in lead["reason"]


async def test_an_estate_without_a_company(drama: Drama) -> None:
    """X29: the street handles it, the community takes part, there is no company."""
    await drama.rows("DELETE FROM service_contract RETURNING id")
    case = await drama.see(CITY, f"/cases/{await drama.submit(FEES)}")
    assert {unit["end"] for unit in case["units"]} == {"CENTRE", "COMMUNITY"}
    assert case["handler"]["organisation_id"] == str(world.centre("421202001"))


@pytest.mark.parametrize("co", ["住新局、消防救援机构", ""], ids=["named", "by table"])
async def test_a_joint_team_comes_from_the_rule(drama: Drama, co: str) -> None:
    """B07, B12, T21: the centre coordinates; whom the rule does not name the table does."""
    await activated(drama, row("违建", "自然资源和规划局", "规划确认", grades="大事", co=co))
    case_id = await drama.submit(ILLEGAL)
    await drama.act(STREET, case_id, "dispatch", {})
    case = await drama.see(CITY, f"/cases/{case_id}")
    assert case["handler"]["organisation_id"] == str(world.centre("421202001"))
    assert "联合处置按该规则提出" in case["handler"]["reason"]
    team = case["joint_proposal"]
    assert team["lead"] == str(world.department("NATURAL_RESOURCES", "421202"))
    assert team["reason"].endswith("规划确认")
    if co:
        wanted = [world.department(each, "421202") for each in ("HOUSING", "FIRE_RESCUE")]
        assert team["members"] == [str(each) for each in wanted]
    else:
        assert str(world.department("URBAN_MANAGEMENT", "421202")) in team["members"]
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "joint", {})
    assert (await lead_of(drama, case_id))["reason"].endswith("规划确认")


async def test_what_rules_cost_a_batch(drama: Drama) -> None:
    """One statement asks which sets hold; their rules are read once, the offices once a batch."""
    plain = await _cost(drama)
    await activated(drama, row(lead="住新局"))
    await drama.submit(NOISE)
    assert await _cost(drama) <= plain + 1
    assert plain <= 9


async def _cost(drama: Drama) -> int:
    submissions = [drama.submission(NOISE) for _ in range(20)]
    with counted(drama) as statements:
        await drama.stage.host.consumer.receive(drama.stage._deliveries(submissions, None))
    return len(statements)


async def _close(drama: Drama, organisation_id: UUID) -> None:
    await drama.rows(
        "UPDATE organisation SET active = false WHERE id = :id RETURNING id", id=organisation_id
    )
