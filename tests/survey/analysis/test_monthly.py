"""The monthly analysis: made once on the first, worked through with measures (C08)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.survey.analysis.commands.generating import generate_due, places_of
from shared.contracts.directory import OrganisationChanged
from shared.identity import Actor, Scope
from tests.samples import COMPANY, STREET, named, owner
from tests.stage import Stage
from tests.survey.analysis.places import (
    APRIL_FIRST,
    CENTRE,
    CITY,
    JUSTICE,
    OFFICER,
    PARTIAL,
    disputes,
    organisation,
    two_hundred,
)
from tests.survey.indicators.cases import clock, hear_cases
from tests.survey.surveys.pollster import MANAGER, once
from tests.survey.test_rules import BOOK

OTHER_COUNTY = replace(CENTRE, scope=Scope(divisions=("421281",)))
WORKER = replace(OFFICER, id=named("who sees to it"))
MEASURE = {"action": "对收费争议集中的小区开展收费公示检查", "due_on": "2026-04-20"}
OWNED = MEASURE | {"owner": {"organisation_id": str(STREET), "person_id": str(WORKER.id)}}
CONCLUSION = {"held_on": "2026-04-01", "conclusion": "收费公示不到位是主要原因。"}


async def some(stage: Stage) -> None:
    await hear_cases(stage, disputes("PF01", 3))
    await stage.hear(organisation(STREET, "温泉街道办事处"))


async def generated(stage: Stage) -> None:
    stage.clock.move_to(APRIL_FIRST)
    assert await generate_due(stage.host.runtime) == len(places_of(BOOK))


async def reports(stage: Stage, actor: Actor = CENTRE) -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        return list((await client.get("/monthly-analyses")).json()["items"])


async def report_id(stage: Stage) -> str:
    (county,) = await reports(stage)
    return str(county["id"])


async def send(
    stage: Stage, path: str, body: dict[str, Any], actor: Actor = CENTRE, method: str = "POST"
) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.request(method, f"/monthly-analyses/{path}", json=body, headers=once())


async def shown(stage: Stage, report: str, actor: Actor = CENTRE) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.get(f"/monthly-analyses/{report}")


async def test_c08_the_march_report_is_made_on_the_first_of_april(stage: Stage) -> None:
    """C08: five top categories; estates, companies, overdue, clocks and repeat reporters."""
    await two_hundred(stage)
    late = clock("FEEDBACK", hours=1)
    await hear_cases(stage, disputes("NB01", 5, overdue=True, clocks=(late,)))
    stage.clock.move_to(APRIL_FIRST - timedelta(seconds=1))
    assert await generate_due(stage.host.runtime) == 0
    await generated(stage)
    (county,) = await reports(stage)
    assert (county["division"], county["period"], county["state"]) == (
        "421202",
        "2026-03",
        "GENERATED",
    )
    findings = (await shown(stage, county["id"])).json()["findings"]
    assert [each["code"] for each in findings["categories"]] == [
        *("PF01", "EQ01", "NS01", "PK01", "HY01")
    ]
    assert (findings["disputes"], findings["overdue"]) == (205, 5)
    assert (findings["estates"][0]["cases"], findings["companies"][0]["cases"]) == (205, 205)
    assert findings["overdue_estates"][0]["cases"] == 5
    assert findings["to_previous"] == {"before": None, "difference": None, "percent": "—"}
    assert findings["repeat_reporters"]["reporters"] == 0
    (feedback,) = findings["clocks"]
    assert (feedback["kind"], feedback["breached"]) == ("FEEDBACK", 5)


async def test_c08_no_report_is_made_twice_nor_changes(stage: Stage) -> None:
    """However often and by how many it is looked for; what arrives later is not in it."""
    await some(stage)
    stage.clock.move_to(APRIL_FIRST)
    runtime = stage.host.runtime
    made = await asyncio.gather(*(generate_due(runtime) for _ in range(3)))
    assert sum(made) == len(places_of(BOOK))
    report = await report_id(stage)
    before = (await shown(stage, report)).json()["findings"]
    await hear_cases(stage, disputes("TH02", 9) + disputes("PF01", 9, grade="MAJOR"))
    stage.clock.advance(timedelta(days=20))
    assert await generate_due(runtime) == 0
    assert (await shown(stage, report)).json()["findings"] == before
    assert await stage.count("monthly_analysis") == len(places_of(BOOK))
    assert await stage.count("audit_entry", "action = 'analysis.generated'") == len(places_of(BOOK))


async def test_c08_after_a_long_silence_every_month_has_its_report(stage: Stage) -> None:
    await some(stage)
    await generated(stage)
    stage.clock.advance(timedelta(days=75))
    assert await generate_due(stage.host.runtime) == 2 * len(places_of(BOOK))
    assert [each["period"] for each in await reports(stage)] == ["2026-05", "2026-04", "2026-03"]


async def test_a_meeting_may_have_been_held_before_a_late_report(stage: Stage) -> None:
    """C08: after the month it is about, not after the machine has caught up."""
    await some(stage)
    await generated(stage)
    stage.clock.advance(timedelta(days=75))
    await generate_due(stage.host.runtime)
    april = next(each["id"] for each in await reports(stage) if each["period"] == "2026-04")
    await send(stage, f"{april}/measures", OWNED | {"due_on": "2026-06-30"})
    early = await send(stage, f"{april}/conclusion", CONCLUSION | {"held_on": "2026-04-30"})
    assert (early.status_code, early.json()["code"]) == (422, "HELD_ON_IMPOSSIBLE")
    held = await send(stage, f"{april}/conclusion", CONCLUSION | {"held_on": "2026-05-01"})
    assert held.status_code == 201, held.text


@pytest.mark.parametrize(
    ("reader", "divisions"),
    [
        (CITY, {"4212", "421202"}),
        (JUSTICE, {"4212", "421202"}),
        (CENTRE, {"421202"}),
        (OTHER_COUNTY, set()),
        (OFFICER, set()),
        (MANAGER, set()),
        (owner(), set()),
    ],
    ids=["city", "justice", "county", "another county", "street", "company", "owner"],
)
async def test_who_reads_it(stage: Stage, reader: Actor, divisions: set[str]) -> None:
    """C08, A18: internal; whoever watches the whole place, and nobody else."""
    await some(stage)
    await generated(stage)
    listed = {each["division"] for each in await reports(stage, reader)}
    assert listed & {"4212", "421202"} == divisions
    answer = await shown(stage, await report_id(stage), reader)
    assert answer.status_code == (200 if divisions else 404)


async def test_c08_concluded_only_with_measures_that_have_owners(stage: Stage) -> None:
    """C08: each measure has an owner and a date; without, the report stays open."""
    await some(stage)
    await generated(stage)
    report = await report_id(stage)
    empty = await send(stage, f"{report}/conclusion", CONCLUSION)
    assert (empty.status_code, empty.json()["code"]) == (409, "ANALYSIS_WITHOUT_MEASURES")
    added = await send(stage, f"{report}/measures", MEASURE)
    assert added.status_code == 201, added.text
    measure = added.json()["measures"][0]
    orphan = await send(stage, f"{report}/conclusion", CONCLUSION)
    assert (orphan.status_code, orphan.json()["code"]) == (409, "MEASURE_WITHOUT_OWNER")
    assert orphan.json()["measures"] == [measure["id"]]
    early = await send(stage, f"{report}/measures/{measure['id']}/completion", {"proof": "已查"})
    assert early.json()["code"] == "MEASURE_NOT_ASSIGNED"
    changed = await send(stage, f"{report}/measures/{measure['id']}", OWNED, method="PUT")
    assert changed.json()["measures"][0]["owner_id"] == str(WORKER.id)
    for day in ("2026-03-31", "2026-04-02"):
        impossible = await send(stage, f"{report}/conclusion", CONCLUSION | {"held_on": day})
        assert impossible.json()["code"] == "HELD_ON_IMPOSSIBLE"
    concluded = await send(stage, f"{report}/conclusion", CONCLUSION)
    assert (concluded.status_code, concluded.json()["state"]) == (201, "CONCLUDED")
    for path, body in (("measures", OWNED), ("conclusion", CONCLUSION)):
        again = await send(stage, f"{report}/{path}", body)
        assert (again.status_code, again.json()["code"]) == (409, "ANALYSIS_CONCLUDED")


async def test_c08_a_measure_is_given_to_an_organisation_that_is_there(stage: Stage) -> None:
    """C08: a slip of the pen is nobody who sees to it; nor is what was dissolved."""
    await some(stage)
    gone = organisation(COMPANY, "演示·已注销").organisation.model_copy(update={"active": False})
    await stage.hear(OrganisationChanged(organisation=gone))
    await generated(stage)
    report = await report_id(stage)
    measure = (await send(stage, f"{report}/measures", MEASURE)).json()["measures"][0]
    for id in (named("no organisation"), COMPANY):
        body = MEASURE | {"owner": {"organisation_id": str(id), "person_id": str(WORKER.id)}}
        for method, path in (("POST", "measures"), ("PUT", f"measures/{measure['id']}")):
            refused = await send(stage, f"{report}/{path}", body, method=method)
            assert (refused.status_code, refused.json()["code"]) == (422, "MEASURE_OWNER_UNKNOWN")
    taken = await send(stage, f"{report}/measures/{measure['id']}", OWNED, method="PUT")
    assert taken.status_code == 200


async def test_a_measure_is_due_today_or_later_and_named_when_late(stage: Stage) -> None:
    await some(stage)
    await generated(stage)
    report = await report_id(stage)
    past = await send(stage, f"{report}/measures", OWNED | {"due_on": "2026-03-31"})
    assert (past.status_code, past.json()["code"]) == (422, "DUE_IN_THE_PAST")
    await send(stage, f"{report}/measures", OWNED)
    stage.clock.advance(timedelta(days=19))
    assert (await shown(stage, report)).json()["measures"][0]["overdue"] is False
    stage.clock.advance(timedelta(days=1))
    assert (await shown(stage, report)).json()["measures"][0]["overdue"] is True


async def test_its_owner_proves_that_a_measure_was_carried_out(stage: Stage) -> None:
    """Who is to carry it out sees the report, and after its conclusion too; once is enough."""
    await some(stage)
    await generated(stage)
    report = await report_id(stage)
    assert (await shown(stage, report, WORKER)).status_code == 404
    added = (await send(stage, f"{report}/measures", OWNED)).json()
    path = f"{report}/measures/{added['measures'][0]['id']}/completion"
    await send(stage, f"{report}/conclusion", CONCLUSION)
    assert (await send(stage, path, {"proof": "检查记录3份"}, OFFICER)).status_code == 404
    justice = await send(stage, path, {"proof": "检查记录3份"}, JUSTICE)
    assert (justice.status_code, justice.json()["code"]) == (403, "NOT_YOUR_MEASURE")
    done = await send(stage, path, {"proof": "检查记录3份"}, WORKER)
    assert done.status_code == 201, done.text
    assert done.json()["measures"][0]["state"] == "DONE"
    twice = await send(stage, path, {"proof": "再次"}, CENTRE)
    assert (twice.status_code, twice.json()["code"]) == (409, "MEASURE_DONE")


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [
        (JUSTICE, 403, "ANALYSIS_CONVENORS_ONLY"),
        (OFFICER, 403, "ANALYSIS_CONVENORS_ONLY"),
        (OTHER_COUNTY, 404, "ANALYSIS_NOT_FOUND"),
        (PARTIAL, 403, "NOT_YOUR_ANALYSIS"),
    ],
    ids=["justice", "street", "another county", "A13"],
)
async def test_who_works_through_it(stage: Stage, actor: Actor, status: int, code: str) -> None:
    """A13: nobody sets measures about a company one has a stake in; the city may for a county."""
    await some(stage)
    await generated(stage)
    report = await report_id(stage)
    for path, body in (("measures", OWNED), ("conclusion", CONCLUSION)):
        refused = await send(stage, f"{report}/{path}", body, actor)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert COMPANY in PARTIAL.interests
    assert (await send(stage, f"{report}/measures", OWNED, CITY)).status_code == 201


async def test_measures_belong_to_their_report(stage: Stage) -> None:
    await some(stage)
    await generated(stage)
    report = await report_id(stage)
    (city,) = [each for each in await reports(stage, CITY) if each["division"] == "4212"]
    added = (await send(stage, f"{report}/measures", OWNED)).json()
    stray = f"{city['id']}/measures/{added['measures'][0]['id']}"
    lost = await send(stage, stray, OWNED, CITY, method="PUT")
    assert (lost.status_code, lost.json()["code"]) == (404, "MEASURE_NOT_FOUND")
    nobody = f"{report}/measures/{UUID(int=7)}/completion"
    assert (await send(stage, nobody, {"proof": "x"})).json()["code"] == "MEASURE_NOT_FOUND"
