"""Today's list: what waits for somebody, the next deadline first."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from services.routing.field.domain.worklist import Light, Step, light_of, next_step
from shared.clocks import ClockRow
from shared.contracts.vocabulary import CaseStatus
from tests.routing.drama import FEES, NOISE, Drama, Place, staff
from tests.routing.field.device import COMPANY, LEADER, OTHER_WORKER, STREET, WORKER, Device

GRID_1 = Place("温泉花园（演示）", "1", "101")
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_a_worker_has_the_own_cases_and_no_others(drama: Drama) -> None:
    """A02: three of grid 2, none of grid 1; what has ended or is the street's is not listed."""
    mine = [await drama.submit(NOISE) for _ in range(3)]
    await drama.submit(NOISE, place=GRID_1)
    medium = await drama.submit(FEES)
    assert await _listed(drama, WORKER) == [str(each) for each in mine]
    assert str(medium) not in await _listed(drama, OTHER_WORKER)
    assert len(await _listed(drama, OTHER_WORKER)) == 1


async def test_a_leader_has_every_case_of_the_community(drama: Drama) -> None:
    """A05: all grids, whoever handles them; not those of another community."""
    cases = [
        await drama.submit(NOISE),
        await drama.submit(NOISE, place=GRID_1),
        await drama.submit(FEES),
    ]
    await drama.submit(NOISE, place=Place("浮山新村（演示）", "1", "101"))
    assert sorted(await _listed(drama, LEADER)) == sorted(str(each) for each in cases)


async def test_the_next_deadline_comes_first(drama: Drama, device: Device) -> None:
    """CK-02 of a new case before CK-03 of a signed one; each with its light."""
    first = await drama.submit(NOISE)
    await device.send(device.sign(first))
    drama.stage.clock.advance(timedelta(minutes=30))
    second = await drama.submit(NOISE)
    items = await _today(drama, WORKER)
    assert [each["id"] for each in items] == [str(second), str(first)]
    assert [each["next_step"] for each in items] == ["SIGN", "HANDLE"]
    assert [each["light"] for each in items] == ["GREEN", "GREEN"]
    assert items[0]["deadlines"][0]["code"] == "CK-02"
    assert items[0]["due_at"] == items[0]["deadlines"][0]["due_at"]
    drama.stage.clock.advance(timedelta(hours=13))
    assert {each["light"] for each in await _today(drama, WORKER)} == {"OVERDUE", "WARNED"}
    await drama.pass_time(hours=1)
    overdue = (await _today(drama, LEADER))[-1]
    assert overdue["next_step"] == "HANDLE"


async def test_mediation_says_what_it_waits_for(drama: Drama, device: Device) -> None:
    """T15, T16: consent, then a session, then its end."""
    case_id = await drama.submit(NOISE)
    await device.send(device.sign(case_id), device.make("mediation", case_id))
    assert (await _today(drama, WORKER))[0]["next_step"] == "ASK_CONSENT"
    for party in ("OWNER", "OTHER"):
        await drama.act(
            WORKER, case_id, "mediation/consents", {"party": party, "consent": "AGREED"}
        )
    time = (drama.now + timedelta(hours=2)).isoformat()
    await drama.act(WORKER, case_id, "mediation/schedule", {"time": time, "place": "居委会"})
    item = (await _today(drama, WORKER))[0]
    assert (item["next_step"], item["scheduled_for"]) == ("HOLD_SESSION", time)
    base = item["version"]
    await device.send(device.session(case_id, base=base))
    assert (await _today(drama, WORKER))[0]["next_step"] == "CONCLUDE_MEDIATION"


async def test_who_has_a_stake_is_not_sent_there(drama: Drama) -> None:
    """A13: the site manager who is a grid worker does not work on the own estate's cases."""
    await drama.submit(NOISE, place=Place("桂语雅苑（演示）", "1", "101"))
    assert await _listed(drama, staff("wuye.guiyu")) == []


async def test_the_list_is_for_the_field(drama: Drama) -> None:
    for actor in (STREET, COMPANY):
        answer = await drama.read(actor, "/field/today")
        assert (answer.status_code, answer.json()["code"]) == (403, "FIELD_WORKERS_ONLY")


async def test_pages_go_through_the_list_once(drama: Drama) -> None:
    cases = [str(await drama.submit(NOISE)) for _ in range(5)]
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = await drama.see(WORKER, "/field/today", **query)
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == cases
    bad = await drama.read(WORKER, "/field/today", cursor="WzFd")
    assert (bad.status_code, bad.json()["code"]) == (422, "CURSOR_INVALID")


async def test_a_long_list_costs_what_a_short_one_costs(drama: Drama) -> None:
    """Two statements, however many cases."""
    for _ in range(4):
        await drama.submit(NOISE)
    said: list[str] = []
    engine = drama.stage.host.runtime.database.engine.sync_engine

    def listen(*arguments: Any) -> None:
        said.append(arguments[2])

    event.listen(engine, "before_cursor_execute", listen)
    assert len(await _today(drama, WORKER)) == 4
    event.remove(engine, "before_cursor_execute", listen)
    assert len([each for each in said if "SELECT" in each]) == 2, said


@pytest.mark.parametrize(
    ("hours", "facts", "light"),
    [
        (1, {}, Light.GREEN),
        (5, {}, Light.WARNED),
        (10, {}, Light.WARNED),
        (11, {}, Light.OVERDUE),
        (1, {"breached_at": NINE}, Light.OVERDUE),
        (11, {"paused_at": NINE}, Light.PAUSED),
    ],
)
def test_the_light_of_a_clock(hours: int, facts: dict[str, Any], light: Light) -> None:
    """N09: ten hours with a warning at half; judged by the moment, not by the sweeper."""
    told: dict[str, Any] = {
        "kind": "SMALL_RESOLVE",
        "state": "RUNNING",
        "started_at": NINE,
        "due_at": NINE + timedelta(hours=10),
        "warnings": (0.5, 0.8),
        "paused_total": timedelta(),
    }
    named: dict[str, Any] = {each.name: None for each in fields(ClockRow)}
    clock = ClockRow(**named | told | facts)
    assert light_of(clock, NINE + timedelta(hours=hours)) is light


@pytest.mark.parametrize("state", list(CaseStatus))
def test_every_state_has_a_next_step(state: CaseStatus) -> None:
    assert next_step(state, None, leads=True) in Step


def test_who_only_helps_is_not_asked_to_sign() -> None:
    """T11: signing and concluding are the lead's."""
    assert next_step(CaseStatus.DISPATCHED, None, leads=True) is Step.SIGN
    assert next_step(CaseStatus.DISPATCHED, None, leads=False) is Step.HELP
    assert next_step(CaseStatus.MEDIATING, "HELD", leads=False) is Step.HELP


async def _today(drama: Drama, actor: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await drama.see(actor, "/field/today"))["items"]
    return items


async def _listed(drama: Drama, actor: Any) -> list[str]:
    return [each["id"] for each in await _today(drama, actor)]
