"""The table of targets and streets' assessments over HTTP: D15, A15, A17, A19."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
import pytest

from services.survey.app import service
from shared.clock import SimulatedClock
from shared.contracts.routing import MediationAgreed, MediationFailed
from shared.identity import Actor, End, Role, Scope
from tests.samples import named, owner, staff
from tests.servers import Databases
from tests.stage import Stage, staged
from tests.survey.conftest import migrate
from tests.survey.fees.cashier import APRIL
from tests.survey.indicators.cases import closed, office, street
from tests.survey.surveys.pollster import MANAGER

STREET = "421202001"
OFFICER = staff(named("officer"), End.CENTRE, Role.STREET_OFFICER, divisions=(STREET,))
OWN_CENTRE = staff(named("street centre"), End.CENTRE, Role.DISPATCHER, divisions=(STREET,))
COUNTY = staff(named("county"), End.CENTRE, Role.DISPATCHER, divisions=(STREET[:6],))
HOUSING = staff(named("bureau"), End.DEPARTMENT, Role.HOUSING_OFFICER, divisions=("4212",))
OBSERVER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, divisions=("4212",))
ELSEWHERE = replace(COUNTY, scope=Scope(divisions=("421281",)))


async def listed(stage: Stage, actor: Actor = OFFICER) -> dict[str, Any]:
    async with stage.client(actor) as client:
        answer = await client.get("/targets")
    assert answer.status_code == 200, answer.text
    return {each["code"]: each for each in answer.json()["items"]}


async def weigh(
    stage: Stage,
    weight: Any,
    *,
    actor: Actor = COUNTY,
    tag: str = '"0"',
    place: str = STREET,
    year: str = "2026",
) -> httpx.Response:
    async with stage.client(actor) as client:
        address = f"/street-assessments/{place}/{year}"
        return await client.put(address, json={"weight": weight}, headers={"If-Match": tag})


async def look(stage: Stage, actor: Actor = OFFICER, place: str = STREET) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.get(f"/street-assessments/{place}/2026")


async def test_the_table_says_until_when_and_where_it_stands(stage: Stage) -> None:
    """A19, C05, D15: 六方互通 until 2026-06-30; 49 of 50 mediations are 98.00 % and met."""
    cases = [closed(f"{number}") for number in range(50)]
    await stage.hear(*(MediationAgreed(case=each, written=True) for each in cases[1:]))
    await stage.hear(MediationFailed(case=cases[0]))
    stage.clock.move_to(APRIL)
    found = await listed(stage)
    six = found["SIX_PARTIES_CONNECTED"]
    assert (six["due"], six["figure"], six["status"]) == ("2026-06-30", None, "NO_FIGURE")
    assert "实时监测服务质量" in six["name"]
    mediation = found["MEDIATION_SUCCESS"]
    assert mediation["figure"] == {
        "numerator": 49, "denominator": 50, "percent": "98.00", "hidden": False,
    }  # fmt: skip
    assert (mediation["period"], mediation["status"]) == ("2026", "MET")
    satisfaction = found["SATISFACTION"]
    assert (satisfaction["figure"]["percent"], satisfaction["status"]) == ("—", "NO_FIGURE")


@pytest.fixture
async def old_year(postgres: Databases) -> AsyncIterator[Stage]:
    """The last second of 2025."""
    clock = SimulatedClock(datetime.fromisoformat("2025-12-31T23:59:59+08:00"))
    async with staged(service, await postgres.fresh_database(migrate), clock) as stage:
        yield stage


async def test_a15_offices_are_overdue_on_new_years_day(old_year: Stage) -> None:
    """A15, D15: 12 of 13 streets is 92.31 %; the last day of 2025 is still on time."""
    stage = old_year
    await stage.hear(*map(street, range(1, 14)), *map(office, range(1, 13)))
    offices = (await listed(stage))["STREET_OFFICES_ACTIVE"]
    assert (offices["figure"]["percent"], offices["status"]) == ("92.31", "NOT_MET")
    stage.clock.move_to(datetime.fromisoformat("2026-01-01T00:00:00+08:00"))
    assert (await listed(stage))["STREET_OFFICES_ACTIVE"]["status"] == "OVERDUE"
    await stage.hear(office(13))
    assert (await listed(stage))["STREET_OFFICES_ACTIVE"]["status"] == "MET"


@pytest.mark.parametrize("actor", [MANAGER, owner()], ids=["company", "owner"])
async def test_targets_are_for_those_who_oversee(stage: Stage, actor: Actor) -> None:
    async with stage.client(actor) as client:
        refused = await client.get("/targets")
    assert (refused.status_code, refused.json()["code"]) == (403, "TARGET_READERS_ONLY")
    for reader in (OFFICER, COUNTY, HOUSING, OBSERVER):
        assert await listed(stage, reader)


async def test_a17_a_tenth_at_least(stage: Stage) -> None:
    """A17: 0.099 is refused, 0.10 accepted, and shown with the street's figures of the year."""
    await stage.hear(street(1))
    small = await weigh(stage, 0.099)
    assert (small.status_code, small.json()["code"]) == (422, "WEIGHT_TOO_SMALL")
    assert small.json()["at_least"] == "0.1"
    assert (await weigh(stage, 1.001)).json()["code"] == "WEIGHT_TOO_LARGE"
    assert (await look(stage)).json()["weight"] is None
    taken = await weigh(stage, 0.10)
    assert (taken.status_code, taken.headers["ETag"]) == (200, '"1"')
    stage.clock.move_to(APRIL)
    shown = (await look(stage)).json()
    assert (shown["weight"], shown["version"]) == ("0.100", 1)
    assert len(shown["indicators"]) == 10
    assert {each["percent"] for each in shown["indicators"]} == {"—"}


async def test_a17_nobody_overwrites_what_they_have_not_read(stage: Stage) -> None:
    await stage.hear(street(1))
    assert (await weigh(stage, 0.2)).status_code == 200
    stale = await weigh(stage, 0.3)
    assert (stale.status_code, stale.json()["code"]) == (409, "ASSESSMENT_CHANGED")
    assert (await weigh(stage, 0.3, tag='"1"', actor=HOUSING)).headers["ETag"] == '"2"'
    assert (await weigh(stage, 0.4, tag="*")).json()["weight"] == "0.400"


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [
        (OFFICER, 403, "WEIGHT_SETTERS_ONLY"),
        (OBSERVER, 403, "WEIGHT_SETTERS_ONLY"),
        (OWN_CENTRE, 403, "NOT_ABOVE_STREET"),
        (ELSEWHERE, 404, "ASSESSMENT_NOT_FOUND"),
    ],
    ids=["street office", "observer", "own centre", "another county"],
)
async def test_a17_a_street_is_assessed_from_above(
    stage: Stage, actor: Actor, status: int, code: str
) -> None:
    await stage.hear(street(1))
    refused = await weigh(stage, 0.5, actor=actor)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await weigh(stage, 0.5, actor=HOUSING)).status_code == 200


async def test_what_is_no_street_is_not_found(stage: Stage) -> None:
    await stage.hear(street(1))
    for strange in ("421202999", "421202", "x"):
        assert (await look(stage, COUNTY, strange)).status_code == 404, strange
    assert (await weigh(stage, 0.5, year="26")).status_code == 404
    assert (await look(stage, ELSEWHERE)).status_code == 404
    assert (await look(stage, OFFICER)).status_code == 200
