"""Roles are held from a day to another; a token says what is true, and no longer than it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from deploy.demo import world
from services.routing.directory.queries import dispatch_candidates
from services.routing.directory.turning import turn
from shared.clock import BEIJING
from shared.contracts.directory import StaffChanged
from shared.contracts.routing import StaffSessionRevoked
from shared.errors import Unauthenticated
from tests.routing.directory.people import administrator, bearer, send, sign_in, staff
from tests.routing.directory.staffing import (
    account_of,
    grant,
    grant_id,
    keeper,
    path_of,
    roles_of,
)
from tests.stage import Stage

LEADER = "wanggezhang.wenquan"
OFFICE = "wuye.guiyu"
TODAY, TOMORROW = "2026-03-02", "2026-03-03"
EVENING = datetime(2026, 3, 2, 23, 50, tzinfo=BEIJING)
MIDNIGHT = datetime(2026, 3, 3, 0, 0, tzinfo=BEIJING)


async def test_a_role_that_begins_later_is_not_in_the_token_before(stage: Stage) -> None:
    answer = await grant(stage, LEADER, role="GRID_WORKER", valid_from=TOMORROW)
    assert answer.status_code == 201
    assert answer.json()["roles"] == ["GRID_LEADER"]
    assert (await roles_of(stage, LEADER))[0] == {"GRID_LEADER"}
    stage.clock.move_to(MIDNIGHT)
    assert (await roles_of(stage, LEADER))[0] == {"GRID_LEADER", "GRID_WORKER"}


async def test_no_token_outlives_a_role_of_its_own(stage: Stage) -> None:
    """Signed in ten minutes before the end, the token lives ten minutes and not fifteen."""
    await grant(stage, LEADER, role="GRID_WORKER", valid_to=TODAY)
    stage.clock.move_to(EVENING)
    roles, session = await roles_of(stage, LEADER)
    assert roles == {"GRID_LEADER", "GRID_WORKER"}
    assert datetime.fromisoformat(session["expires_at"]) == MIDNIGHT
    stage.clock.move_to(MIDNIGHT)
    with pytest.raises(Unauthenticated):
        stage.host.runtime.tokens.verify(session["access_token"])
    renewal = {"refresh_token": session["refresh_token"]}
    async with stage.client() as client:
        renewed = (await client.post("/sessions/refresh", json=renewal)).json()
    actor = stage.host.runtime.tokens.verify(renewed["access_token"])
    assert {str(role) for role in actor.roles} == {"GRID_LEADER"}


async def test_at_midnight_everybody_hears_of_it_once(stage: Stage) -> None:
    """Notify's copy follows without anybody signing in; looking again changes nothing."""
    await grant(stage, LEADER, role="GRID_WORKER", valid_to=TODAY)
    before = len(await stage.said(StaffChanged))
    await turn(stage.host.runtime)
    assert len(await stage.said(StaffChanged)) == before
    stage.clock.move_to(MIDNIGHT)
    await turn(stage.host.runtime)
    await turn(stage.host.runtime)
    said = (await stage.said(StaffChanged))[before:]
    assert [(str(each.staff.id), each.staff.roles) for each in said] == [
        (str(world.staff(LEADER).id), ("GRID_LEADER",))
    ]


async def test_who_is_no_grid_worker_any_more_is_not_asked(stage: Stage) -> None:
    """A02, A13: still entered in the grid, but the role has ended."""
    garden = world.estate("桂语雅苑（演示）")

    async def asked() -> list[Any]:
        async with stage.host.runtime.database.transaction() as session:
            building = garden.building("1").id
            found = await dispatch_candidates(session, garden.id, building, stage.clock.now())
        assert found is not None
        return [each.id for each in found.workers]

    path = path_of(OFFICE, f"/roles/{await grant_id(stage, OFFICE, 'GRID_WORKER')}/end")
    answer = await send(stage, administrator(), "PUT", path, {"last_day": TODAY})
    assert answer.status_code == 200
    assert await asked() == [world.staff(OFFICE).id]
    stage.clock.move_to(MIDNIGHT)
    await turn(stage.host.runtime)
    assert await asked() == []


async def test_a_role_taken_back_ends_every_token_at_once(stage: Stage) -> None:
    await grant(stage, LEADER, role="GRID_WORKER")
    _, session = await roles_of(stage, LEADER)
    path = path_of(LEADER, f"/roles/{await grant_id(stage, LEADER, 'GRID_WORKER')}/withdrawal")
    answer = await send(stage, administrator(), "PUT", path)
    assert (answer.status_code, answer.json()["roles"]) == (200, ["GRID_LEADER"])
    async with stage.client() as client:
        refused = await client.get("/me", headers=bearer(session))
    assert (refused.status_code, refused.json()["code"]) == (401, "SESSION_REVOKED")
    assert len(await stage.said(StaffSessionRevoked)) == 1
    again = await send(stage, administrator(), "PUT", path)
    assert (again.status_code, again.json()["code"]) == (409, "ROLE_NOT_IN_FORCE")


async def test_the_last_role_and_a_role_in_a_grid_are_not_taken(stage: Stage) -> None:
    """A02: staff the grid anew first; who has no role left is closed instead."""
    for account, role, code in (
        (OFFICE, "GRID_WORKER", "STILL_IN_A_GRID"),
        ("xiaofang.xianan", "DEPARTMENT_OFFICER", "LAST_ROLE"),
    ):
        path = path_of(account, f"/roles/{await grant_id(stage, account, role)}/withdrawal")
        refused = await send(stage, administrator(), "PUT", path)
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert role in (await account_of(stage, account))["roles"]


async def test_without_a_role_of_the_day_nobody_signs_in(stage: Stage) -> None:
    account = "xiaofang.xianan"
    path = path_of(account, f"/roles/{await grant_id(stage, account, 'DEPARTMENT_OFFICER')}/end")
    assert (await send(stage, administrator(), "PUT", path, {"last_day": TODAY})).status_code == 200
    assert (await sign_in(stage, account)).status_code == 201
    stage.clock.move_to(MIDNIGHT)
    refused = await sign_in(stage, account)
    assert (refused.status_code, refused.json()["code"]) == (403, "NO_ROLE_AT_PRESENT")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"role": "GRID_LEADER"}, 409, "ROLE_GRANTED_ALREADY"),
        ({"role": "GRID_WORKER", "valid_from": "2026-03-01"}, 422, "ROLE_BEGINS_IN_THE_PAST"),
        ({"role": "GRID_WORKER", "valid_to": "2026-03-01"}, 422, "ENDS_BEFORE_IT_BEGINS"),
        ({"role": "DISPATCHER"}, 422, "ROLES_NOT_OF_END"),
        ({"role": "EMPEROR"}, 422, "INVALID_FIELDS"),
    ],
)
async def test_what_a_grant_must_be(
    untouched: Stage, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await grant(untouched, LEADER, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("last_day", "status", "code"),
    [
        ("2026-03-01", 422, "ROLE_ENDS_IN_THE_PAST"),
        ("2026-07-01", 409, "ROLE_CANNOT_BE_EXTENDED"),
        ("2026-06-29", 200, None),
    ],
)
async def test_a_role_is_ended_early_but_not_extended(
    stage: Stage, last_day: str, status: int, code: str | None
) -> None:
    await grant(stage, LEADER, role="GRID_WORKER", valid_to="2026-06-30")
    path = path_of(LEADER, f"/roles/{await grant_id(stage, LEADER, 'GRID_WORKER')}/end")
    answer = await send(stage, administrator(), "PUT", path, {"last_day": last_day})
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def test_the_same_role_may_follow_itself(stage: Stage) -> None:
    """Renewed without a gap: never lost at midnight."""
    await grant(stage, LEADER, role="GRID_WORKER", valid_to=TODAY)
    answer = await grant(stage, LEADER, role="GRID_WORKER", valid_from=TOMORROW)
    assert answer.status_code == 201
    stage.clock.move_to(MIDNIGHT)
    assert (await roles_of(stage, LEADER))[0] == {"GRID_LEADER", "GRID_WORKER"}


async def test_a_revision_keeps_the_days_of_roles_that_stay(stage: Stage) -> None:
    await grant(stage, LEADER, role="GRID_WORKER", valid_to="2026-06-30")
    present = await account_of(stage, LEADER)
    kept = ("version", "display_name", "organisation_id", "end", "roles", "divisions",
            "estate_ids", "interests")  # fmt: skip
    body = {name: present[name] for name in kept}
    revised = await send(stage, administrator(), "PUT", path_of(LEADER), body)
    assert revised.json()["grants"] == present["grants"]
    less = body | {"version": revised.json()["version"], "roles": ["GRID_LEADER"]}
    revised = await send(stage, administrator(), "PUT", path_of(LEADER), less)
    assert [each["role"] for each in revised.json()["grants"]] == ["GRID_LEADER"]


async def test_who_grants_and_who_does_not(stage: Stage) -> None:
    """The own organisation's administrator, no colleague, no neighbour; nothing not held."""
    path = path_of("wuye.wenquan", "/roles")
    body = {"role": "STAFF_ADMINISTRATOR"}
    assert (await send(stage, staff("wuye.wenquan"), "POST", path, body)).status_code == 403
    assert (await send(stage, keeper("wuye.guiyu"), "POST", path, body)).status_code == 404
    more = await send(stage, keeper(), "POST", path, {"role": "GRID_WORKER"})
    assert (more.status_code, more.json()["code"]) == (403, "MORE_THAN_YOU_HOLD")
    assert (await send(stage, keeper(), "POST", path, body)).status_code == 201
    withdrawal = f"{path}/{await grant_id(stage, 'wuye.wenquan', 'STAFF_ADMINISTRATOR')}/withdrawal"
    assert (await send(stage, keeper("wuye.guiyu"), "PUT", withdrawal)).status_code == 404
    assert (await send(stage, keeper(), "PUT", withdrawal)).status_code == 200


async def test_a_grant_is_found_with_its_own_person_only(stage: Stage) -> None:
    other = await grant_id(stage, OFFICE, "GRID_WORKER")
    path = path_of(LEADER, f"/roles/{other}/withdrawal")
    answer = await send(stage, administrator(), "PUT", path)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_IN_DIRECTORY")


async def test_a_quarter_of_an_hour_later_the_token_is_new_anyway(stage: Stage) -> None:
    """Without an end in sight a token lives fifteen minutes, as ever."""
    _, session = await roles_of(stage, LEADER)
    expected = stage.clock.now() + timedelta(minutes=15)
    assert datetime.fromisoformat(session["expires_at"]) == expected
