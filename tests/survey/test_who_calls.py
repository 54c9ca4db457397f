"""Who sees a call and may make it, allowed and denied side by side (3.9, A13, X16, X20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from services.survey.calls.domain.policies import may_call
from services.survey.calls.queries import visible_to
from services.survey.visits.tables import Visit
from shared.contracts.vocabulary import Grade
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, DIVISION, MANAGER, OFFICER, WORKER, named, owner, staff
from tests.stage import Stage
from tests.survey.calling import (
    CALLER,
    CENTRE,
    COUNTY,
    GRID,
    LEADER,
    attempt,
    call,
    listed,
    visit_to_call,
)

HANDLER = replace(CALLER, id=WORKER)  # who worked on the case
PARTNER = replace(LEADER, id=named("partner"), interests=frozenset({COMPANY}))
NEXT_GRID = replace(CALLER, scope=Scope(grids=frozenset({"421202001001002"})))
ELSEWHERE = staff(named("other dispatcher"), End.CENTRE, Role.DISPATCHER, divisions=("421281",))
MANAGES = staff(MANAGER, End.PROPERTY, Role.SITE_OFFICE, COMPANY, (DIVISION,))
BRIGADE = staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, divisions=(DIVISION,))
WATCHER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, divisions=("4212",))

NEAR = (CALLER, LEADER)
ABOVE = (CENTRE, COUNTY)
NEVER = (HANDLER, PARTNER, NEXT_GRID, ELSEWHERE)
EVERYBODY = (*NEAR, *ABOVE, *NEVER)

Cases = pytest.mark.parametrize(
    ("case", "callers"),
    [
        ({}, (*NEAR, *ABOVE)),
        ({"grade": Grade.MEDIUM}, (*NEAR, *ABOVE)),
        ({"grade": Grade.MAJOR}, ABOVE),
        ({"confidential": True}, ABOVE),
        ({"grid_code": None}, ABOVE),
    ],
    ids=["small", "medium", "major: the centre", "X16: the centre", "no grid: the centre"],
)


@Cases
async def test_who_is_given_a_call(
    stage: Stage, case: dict[str, Any], callers: tuple[Actor, ...]
) -> None:
    """CK-14: the grid first, the centre for grave and confidential ones; nobody about own work."""
    visit_id = await visit_to_call(stage, **case)
    for actor in EVERYBODY:
        seen = bool(await listed(stage, actor))
        async with stage.client(actor) as client:
            shown = await client.get(f"/calls/{visit_id}")
        assert (seen, shown.status_code == 200) == (actor in callers, actor in callers), actor
        if actor not in callers:
            assert shown.json()["code"] == "CALL_NOT_FOUND"


@Cases
async def test_the_list_and_the_rule_say_the_same(
    stage: Stage, case: dict[str, Any], callers: tuple[Actor, ...]
) -> None:
    await visit_to_call(stage, **case)
    async with stage.host.runtime.database.transaction() as session:
        for actor in EVERYBODY:
            found = (await session.execute(select(Visit).where(visible_to(actor)))).scalars()
            visit = (await session.execute(select(Visit))).scalar_one()
            assert may_call(actor, visit) is bool(found.all()) is (actor in callers)


@pytest.mark.parametrize("actor", [owner(), MANAGES, BRIGADE, WATCHER])
async def test_others_do_not_call(stage: Stage, actor: Actor) -> None:
    """A02 to A07: owners, companies, departments and observers."""
    visit_id = await visit_to_call(stage)
    async with stage.client(actor) as client:
        answers = [
            await client.get("/calls"),
            await client.get(f"/calls/{visit_id}"),
            *[await client.post(f"/calls/{visit_id}/{verb}") for verb in ("claim", "number")],
            await client.delete(f"/calls/{visit_id}/claim"),
        ]
    answers.append(await attempt(stage, visit_id, "NOT_REACHED", actor))
    assert {(each.status_code, each.json()["code"]) for each in answers} == {(403, "CALLERS_ONLY")}


async def test_a_stranger_can_do_nothing_with_a_known_id(stage: Stage) -> None:
    visit_id = await visit_to_call(stage)
    for verb, method in (("claim", "POST"), ("claim", "DELETE"), ("number", "POST")):
        refused = await call(stage, visit_id, verb, NEXT_GRID, method)
        assert (refused.status_code, refused.json()["code"]) == (404, "CALL_NOT_FOUND")
    assert (await attempt(stage, visit_id, "REFUSED", NEXT_GRID)).status_code == 404
    assert (await call(stage, visit_id, "claim", CALLER)).status_code == 200


async def test_a_leader_reaches_by_the_community(stage: Stage) -> None:
    """The leader's community covers its grids; another community's does not."""
    await visit_to_call(stage)
    assert GRID.startswith(LEADER.scope.divisions)
    other = replace(LEADER, scope=Scope(divisions=("421202001002",)))
    assert (len(await listed(stage, LEADER)), await listed(stage, other)) == (1, [])
