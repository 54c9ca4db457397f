"""Figures over HTTP: of which place, for whom, and the cases behind them (A13, A18, A19, C10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.contracts.routing import CaseState
from shared.contracts.vocabulary import CaseStatus
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, ESTATE, GRID_WORKER, NINE, named, owner, staff
from tests.stage import Stage
from tests.survey.indicators.cases import (
    DAY,
    HOUR,
    MARCH,
    case,
    clock,
    closed,
    hear_cases,
    office,
    street,
)
from tests.survey.surveys.pollster import estate

STREETS = ("421202001", "421202002", "421281001")
RIVAL = named("rival company")
COUNTY = staff(named("county"), End.CENTRE, Role.DISPATCHER, divisions=("421202",))
CITY = staff(named("city"), End.CENTRE, Role.HOUSING_OFFICER, divisions=("4212",))
OBSERVER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, divisions=("4212",))
STREET = staff(named("street"), End.CENTRE, Role.STREET_OFFICER, divisions=(STREETS[0],))
LEADER = replace(
    staff(named("leader"), End.GRID, Role.GRID_LEADER),
    scope=Scope(grids=frozenset({f"{STREETS[0]}001001"})),
)
MANAGER = replace(
    staff(named("manager"), End.PROPERTY, Role.SITE_OFFICE, COMPANY),
    scope=Scope(estates=frozenset({ESTATE})),
    interests=frozenset({COMPANY}),
)
OFFICER = staff(named("officer"), End.DEPARTMENT, Role.DEPARTMENT_OFFICER, divisions=("421202",))
ANALYST = staff(named("justice"), End.DEPARTMENT, Role.ANALYST, divisions=("4212",))


async def get(stage: Stage, path: str, actor: Actor, **query: Any) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.get(path, params=query)


async def shown(stage: Stage, actor: Actor, **query: Any) -> dict[str, Any]:
    answer = await get(stage, "/indicators", actor, **({"period": "2026-03"} | query))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def figure(found: dict[str, Any], code: str) -> tuple[int | None, int | None, str | None]:
    (line,) = [each for each in found["figures"] if each["code"] == code]
    return line["numerator"], line["denominator"], line["percent"]


async def told(stage: Stage, states: Sequence[CaseState]) -> None:
    """Heard, and March is over."""
    await hear_cases(stage, states)
    stage.clock.move_to(MARCH.until)


def spread() -> list[CaseState]:
    """In three streets of two counties, with two communities each; every third one is open."""
    states = []
    for number in range(36):
        division = STREETS[number % 3]
        changes: dict[str, Any] = {
            "division": division,
            "grid_code": f"{division}{1 + number // 3 % 2:03d}001",
            "company_id": RIVAL if number % 4 == 0 else COMPANY,
            "estate_id": named(f"estate {division}") if number % 3 else ESTATE,
        }
        promise = clock("DISPATCH", hours=1, met=0.5 if number % 5 else 2)
        make = case if number % 6 == 0 else closed
        states.append(make(f"{number:02d}", promise, **changes))
    return states


async def test_a_county_is_the_sum_of_its_streets(stage: Stage) -> None:
    """A18: and a street the sum of its communities, figure by figure."""
    await told(stage, spread())
    for actor, level, inner in (
        (CITY, "COUNTY", "4212"),
        (COUNTY, "STREET", "421202"),
        (STREET, "COMMUNITY", STREETS[0]),
        (COUNTY, "ESTATE", "421202"),
        (COUNTY, "COMPANY", "421202"),
    ):
        found = await shown(stage, actor, division=inner, level=level)
        assert len(found["places"]) == 2
        for place, line in enumerate(found["figures"]):
            parts = [each["figures"][place] for each in found["places"]]
            for key in ("numerator", "denominator"):
                assert line[key] == sum(part[key] for part in parts), (level, line["code"])
        for key in ("accepted", "closed", "open", "overdue"):
            parts = [each["standing"][key] for each in found["places"]]
            assert found["standing"][key] == sum(parts)
    assert figure(await shown(stage, COUNTY), "DISPATCH_ON_TIME")[:2] == (15, 18)


async def test_everybody_reads_the_own_place(stage: Stage) -> None:
    """Lifecycle 3.9, C10: allowed beside denied; without a place it is all one sees."""
    await told(stage, spread())
    expected: Sequence[tuple[Actor, int]] = (
        *((CITY, 36), (OBSERVER, 36), (COUNTY, 24), (STREET, 12), (LEADER, 6)),
        *((MANAGER, 9),),
    )
    for actor, accepted in expected:
        assert (await shown(stage, actor))["standing"]["accepted"] == accepted
    for actor in (owner(), OFFICER, ANALYST, staff(named("w"), End.COMMUNITY, Role.GRID_WORKER)):
        refused = await get(stage, "/indicators", actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "INDICATORS_READERS_ONLY")
    for actor, place in (
        (COUNTY, {"division": "4212"}),
        (COUNTY, {"division": "421281"}),
        (LEADER, {"division": STREETS[0]}),
        (MANAGER, {"division": STREETS[0]}),
        (MANAGER, {"company_id": str(RIVAL)}),
        (MANAGER, {"estate_id": str(named("estate 421202002"))}),
        (MANAGER, {"level": "STREET"}),
    ):
        refused = await get(stage, "/indicators", actor, **place)
        assert (refused.status_code, refused.json()["code"]) == (403, "PLACE_NOT_YOURS"), place


async def test_nobody_is_staff_of_the_own_company(stage: Stage) -> None:
    """A13: who manages for a company and leads a grid sees the others' cases there, and the own
    company's as the company does."""
    await told(stage, spread())
    await stage.hear(estate(division=STREETS[0]))
    both = replace(
        MANAGER,
        end=End.GRID,
        roles=frozenset({Role.SITE_OFFICE, Role.GRID_LEADER}),
        scope=Scope(divisions=(STREETS[0],), estates=frozenset({ESTATE})),
    )
    assert (await shown(stage, both))["standing"]["accepted"] == 3
    assert (await shown(stage, both, estate_id=str(ESTATE)))["standing"]["accepted"] == 9
    concerned = replace(STREET, interests=frozenset({COMPANY}))
    assert (await shown(stage, concerned))["standing"]["accepted"] == 3
    listed = await get(stage, "/indicators/COMPLAINTS_HANDLED/cases", concerned, period="2026-03")
    assert len(listed.json()["items"]) == 3


async def test_the_cases_behind_a_figure(stage: Stage) -> None:
    """Facts 2.11: numerator and denominator are cases with numbers, page by page."""
    await told(stage, spread())
    wanted = {"period": "2026-03", "division": "421202"}
    whole: list[dict[str, Any]] = []
    query: dict[str, Any] = wanted | {"limit": 7}
    while query:
        page = (await get(stage, "/indicators/DISPATCH_ON_TIME/cases", COUNTY, **query)).json()
        whole += page["items"]
        query = query | {"cursor": page["next"]} if page["next"] else {}
    numbers = [each["case_number"] for each in whole]
    assert (len(set(numbers)), len(numbers)) == (18, 18)
    assert sum(each["counted"] for each in whole) == 15
    for code in ("STREET_OFFICES_ACTIVE", "FEES_COLLECTED"):
        none = await get(stage, f"/indicators/{code}/cases", COUNTY)
        assert (none.status_code, none.json()["code"]) == (409, "INDICATOR_NOT_OF_CASES")
    assert (await get(stage, "/indicators/INVENTED/cases", COUNTY)).status_code == 404


async def test_a_company_sees_the_cases_that_it_handles(stage: Stage) -> None:
    """A07: the figures are of all cases about it, the list of those that it leads or helps with."""
    helping = GRID_WORKER.model_copy(update={"organisation_id": COMPANY, "role": "CO"})
    informed = helping.model_copy(update={"role": "INFO"})
    await told(
        stage,
        [
            closed("helps", clock("DISPATCH", hours=1, met=0.5), units=(GRID_WORKER, helping)),
            closed("is told", clock("DISPATCH", hours=1, met=0.5), units=(GRID_WORKER, informed)),
        ],
    )
    found = await shown(stage, MANAGER)
    assert figure(found, "DISPATCH_ON_TIME") == (2, 2, "100.00")
    listed = await get(stage, "/indicators/DISPATCH_ON_TIME/cases", MANAGER, period="2026-03")
    assert [each["case_number"][-5:] for each in listed.json()["items"]] == ["helps"]


async def test_an_estate_live(stage: Stage) -> None:
    """A19: open, overdue, response time, and a new case as soon as its event is heard."""
    await stage.hear(estate(division=STREETS[0]))
    await hear_cases(
        stage,
        [
            case("late", overdue=True, first_dispatch_at=NINE + HOUR),
            closed("over", first_dispatch_at=NINE + 2 * HOUR, overdue=True),
        ],
    )
    path = f"/estates/{ESTATE}/figures"
    for actor in (COUNTY, STREET, LEADER, MANAGER, OBSERVER):
        found = (await get(stage, path, actor)).json()
        assert found["standing"]["open"] == 1
    assert found["standing"]["overdue"] == 1
    assert found["standing"]["mean_until_dispatch"] is None  # at nine the quarter ended at nine
    stage.clock.advance(timedelta(days=3))
    found = (await get(stage, path, STREET)).json()
    assert found["standing"]["mean_until_dispatch"] == 5400
    assert found["standing"]["mean_until_feedback"] == DAY.total_seconds()
    assert (found["score"], found["due"], found["period"]) == (None, "2026-06-30", "2026-Q1")
    await hear_cases(stage, [case("new", state=CaseStatus.TO_DISPATCH, accepted_at=NINE + DAY)])
    assert (await get(stage, path, STREET)).json()["standing"]["open"] == 2
    stranger = staff(named("other"), End.CENTRE, Role.STREET_OFFICER, divisions=("421281",))
    for actor in (stranger, replace(MANAGER, scope=Scope())):
        absent = await get(stage, path, actor)
        assert (absent.status_code, absent.json()["code"]) == (404, "ESTATE_UNKNOWN")
    assert (await get(stage, path, owner())).status_code == 403
    assert (await get(stage, f"/estates/{UUID(int=1)}/figures", COUNTY)).status_code == 404


async def test_offices_that_are_thinly_staffed_are_warned_about(stage: Stage) -> None:
    """A15: 12 of 13; one person is a warning, not an error, and so are four."""
    staffed = [office(number, staff_count={1: 1, 2: 4}.get(number, 3)) for number in range(1, 13)]
    await stage.hear(*[street(number) for number in range(1, 14)], *staffed)
    found = (await get(stage, "/street-offices", COUNTY)).json()
    assert (found["figure"]["numerator"], found["figure"]["percent"]) == (12, "92.31")
    assert [each["warning"] for each in found["items"]] == [True, True, *[False] * 11]
    assert [each["has_office"] for each in found["items"]] == [*[True] * 12, False]
    narrowed = await get(stage, "/street-offices", COUNTY, division="421202001")
    assert len(narrowed.json()["items"]) == 1
    beyond = await get(stage, "/street-offices", COUNTY, division="4212")
    assert (beyond.status_code, beyond.json()["code"]) == (403, "PLACE_NOT_YOURS")
    for actor in (MANAGER, owner()):
        assert (await get(stage, "/street-offices", actor)).status_code == 403


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"period": "2026-Q5"}, "PERIOD_INVALID"),
        ({"period": "2026-13"}, "PERIOD_INVALID"),
        ({"period": "2026-Q1", "since": "2026-01-01T00:00:00+08:00"}, "PERIOD_AMBIGUOUS"),
        ({"since": "2026-03-02T00:00:00Z", "until": "2026-03-01T00:00:00Z"}, "SPAN_INVALID"),
        ({"division": "421202", "estate_id": str(ESTATE)}, "PLACE_AMBIGUOUS"),
        ({"codes": "INVENTED"}, "VALUES_INVALID"),
    ],
)
async def test_what_may_be_asked_for(stage: Stage, query: dict[str, str], code: str) -> None:
    refused = await get(stage, "/indicators", COUNTY, **query)
    assert refused.status_code == 422
    if code != "VALUES_INVALID":
        assert refused.json()["code"] == code
