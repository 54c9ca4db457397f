"""Disputes of March 2026 in bulk, who asks about them, and an estate with two buildings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.directory import Building, House, OrganisationChanged, OrganisationState
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.routing import CaseState
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.indicators.cases import case, hear_cases
from tests.survey.surveys.pollster import estate
from tests.survey.test_visits import submitted

STREET = "421202001"
APRIL_FIRST = datetime.fromisoformat("2026-04-01T06:00:00+08:00")
OFFICER = staff(named("officer"), End.CENTRE, Role.STREET_OFFICER, divisions=(STREET,))
CENTRE = staff(named("centre"), End.CENTRE, Role.DISPATCHER, divisions=("421202",))
CITY = staff(named("city centre"), End.CENTRE, Role.DISPATCHER, divisions=("4212",))
JUSTICE = staff(named("justice"), End.DEPARTMENT, Role.ANALYST, divisions=("4212",))
OFFICE = staff(named("office"), End.DEPARTMENT, Role.DEPARTMENT_OFFICER, divisions=("4212",))
FAR = replace(OFFICER, scope=Scope(divisions=("421281002",)))
PARTIAL = replace(CENTRE, interests=frozenset({COMPANY}))
BUILDINGS = named("building 1"), named("building 2")


async def ask(stage: Stage, what: str, actor: Actor = JUSTICE, **query: Any) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.get(f"/analysis/{what}", params={"period": "2026-03"} | query)


async def items(stage: Stage, what: str, actor: Actor = JUSTICE, **query: Any) -> Any:
    answer = await ask(stage, what, actor, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def disputes(category: str, count: int, **changes: Any) -> list[CaseState]:
    name = str(sorted(changes.items(), key=str))
    return [
        case(f"{category} {number} {name}", category=category, **changes) for number in range(count)
    ]


async def two_hundred(stage: Stage) -> None:
    """C10: 64 about fees, 56 about repairs, the rest about four other matters."""
    rest = {"NS01": 30, "PK01": 20, "HY01": 18, "GR01": 12}
    told = [*disputes("PF01", 64), *disputes("EQ01", 56)]
    told += [state for code, count in rest.items() for state in disputes(code, count)]
    await hear_cases(stage, told)


def two_buildings(*households: int) -> Any:
    """The estate of the samples, its houses divided among two buildings."""
    buildings = tuple(
        Building(
            id=id,
            number=str(number),
            grid_code=f"{STREET}001001",
            houses=tuple(
                House(id=named(f"{number}/{room}"), unit="1", room=f"{room:04d}", area=90.0)
                for room in range(count)
            ),
        )
        for number, (id, count) in enumerate(zip(BUILDINGS, households, strict=True), start=1)
    )
    told = estate(division=STREET)
    state = told.estate.model_copy(update={"buildings": buildings})
    return told.model_copy(update={"estate": state})


def complained(person: str, times: int, estate_id: UUID = ESTATE) -> list[ComplaintSubmitted]:
    return [
        submitted(
            id=named(f"{person} {estate_id} {n}"), owner_id=named(person), estate_id=estate_id
        )
        for n in range(times)
    ]


def organisation(id: UUID, name: str) -> OrganisationChanged:
    state = OrganisationState(
        id=id,
        version=1,
        kind=OrganisationKind.COMPANY,
        specialty=None,
        level="COUNTY",
        division="421202",
        display_name=name,
    )
    return OrganisationChanged(organisation=state)
