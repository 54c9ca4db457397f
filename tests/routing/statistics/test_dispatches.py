"""Dispatch in figures: what went to whom, by which rule, what was signed late, what came back."""

from __future__ import annotations

from typing import Any

from shared.identity import Actor
from tests.routing.dispatching.desk import CITY, COUNTY, STREET, activated, row
from tests.routing.drama import FEES, HOMESTEAD, NOISE, Drama, staff
from tests.routing.limits.test_returns import FORCED, HOUSING, URBAN, objection

PERIOD = {"since": "2026-03-01T00:00:00+08:00", "until": "2026-04-01T00:00:00+08:00"}


async def figures(drama: Drama, actor: Actor = COUNTY, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = await drama.see(actor, "/statistics/dispatching", **(PERIOD | query))
    return found


async def test_what_came_back_is_counted_by_unit_rule_and_reason(drama: Drama) -> None:
    """T12, T13, X03: a rule whose cases come back is seen, and so is who was designated."""
    set_id = await activated(drama, row(lead="住新局", grades="中事"))
    case_id = await drama.submit(FEES)
    await drama.submit(FEES)
    await drama.submit(NOISE)
    await drama.act(HOUSING, case_id, "return", objection(URBAN))
    (waiting,) = (await figures(drama))["returns"]
    assert (waiting["returned"], waiting["decided"], waiting["forced"]) == (1, 0, 0)
    await drama.act(COUNTY, case_id, "return-decision", FORCED)
    found = await figures(drama)
    housing = {"organisation_id": str(HOUSING.organisation_id)}
    unit = next(each for each in found["units"] if each.items() >= housing.items())
    assert (unit["dispatched"], unit["returned"], unit["late"]) == (2, 1, 0)
    rule = next(each for each in found["choices"] if each["chosen_by"].startswith("rule:"))
    assert (rule["dispatched"], rule["returned"]) == (2, 1)
    assert rule["chosen_by"] == f"rule:{set_id}:1"
    assert sum(each["dispatched"] for each in found["choices"]) == 3
    (objected,) = found["returns"]
    assert objected == waiting | {"decided": 1, "forced": 1}
    assert objected.items() >= (housing | {"reason": "NOT_OUR_DUTY"}).items()


async def test_what_nobody_signed_is_counted(drama: Drama) -> None:
    """X04: the system signs after two hours, and the unit is late."""
    await drama.submit(NOISE)
    await drama.pass_time(hours=2, seconds=1)
    (unit,) = (await figures(drama))["units"]
    assert (unit["dispatched"], unit["late"]) == (1, 1)


async def test_a_lead_that_handed_over_was_a_lead(drama: Drama) -> None:
    """T30: raised to the street, a case counts for the community and for the centre."""
    case_id = await drama.submit(NOISE)
    drama.move_to("2026-03-02 10:00")
    await drama.act(STREET, case_id, "grading", {"grade": "MEDIUM", "reason": "多户受影响"})
    found = await figures(drama)
    assert [each["dispatched"] for each in found["units"]] == [1, 1]


async def test_figures_end_at_what_the_reader_sees(drama: Drama) -> None:
    """A18: each within the own division; whoever only handles reads no figures."""
    await drama.submit(FEES)
    await drama.submit(FEES, place=HOMESTEAD)
    assert len((await figures(drama, CITY))["units"]) == 2
    assert len((await figures(drama, CITY, division="421281"))["units"]) == 1
    assert len((await figures(drama))["units"]) == 1
    assert (await figures(drama, until="2026-03-02T08:00:00+08:00"))["units"] == []
    for account in ("wangge.wenquan2", "wuye.wenquan", "chengguan.xianan"):
        answer = await drama.read(staff(account), "/statistics/dispatching", **PERIOD)
        assert (answer.status_code, answer.json()["code"]) == (403, "DISPATCHERS_ONLY")
