"""Grids and their people (A02, A05, B20)."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.demo import world
from services.routing.directory.queries import grid_leader, grid_workers
from shared.contracts.directory import GridChanged, StaffChanged
from tests.routing.directory.people import administrator, get, send, sign_in, staff
from tests.stage import Stage

PATH = "/directory/grids"
WENQUAN = world.community("421202001901")
G1 = world.grid("421202001901001")
WORKER, OTHER = world.staff("wangge.wenquan1"), world.staff("wangge.wenquan2")
LEADER = world.staff("wanggezhang.wenquan")


def grid(**changes: Any) -> dict[str, Any]:
    body = {
        "code": "421202001901005",
        "community_id": str(WENQUAN.id),
        "leader_id": str(LEADER.id),
        "worker_ids": [str(OTHER.id), str(WORKER.id)],
    }
    return body | changes


async def test_a_grid_worker_has_one_grid_and_a_leader_the_community(stage: Stage) -> None:
    """A02, A05: the leader of a community leads all its four grids."""
    worker = (await sign_in(stage, "wangge.wenquan1")).json()
    leader = (await sign_in(stage, "wanggezhang.wenquan")).json()
    tokens = stage.host.runtime.tokens
    scope = tokens.verify(worker["access_token"]).scope
    assert scope.grids == {G1.code}
    assert not scope.covers_grid("421202001901002")
    scope = tokens.verify(leader["access_token"]).scope
    assert len(scope.grids) == 4
    assert all(scope.covers_grid(f"{WENQUAN.code}00{n}") for n in (1, 2, 3, 4))
    assert not scope.covers_grid("421202002901001")


async def test_a_grid_is_drawn_with_its_people(stage: Stage) -> None:
    answer = await send(stage, administrator(), "POST", PATH, grid())
    assert answer.status_code == 201
    said = (await stage.said(GridChanged))[-1].grid
    assert said.model_dump(mode="json") == answer.json()
    assert said.worker_ids == (OTHER.id, WORKER.id)
    page = await get(stage, staff("jiedao.wenquan"), PATH, community_id=str(WENQUAN.id))
    assert [each["code"][-3:] for each in page["items"]] == ["001", "002", "003", "004", "005"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"code": "421202002901005"}, 422, "GRID_CODE_NOT_OF_COMMUNITY"),
        ({"code": "42120200190105"}, 422, "GRID_CODE_NOT_OF_COMMUNITY"),
        ({"code": G1.code}, 409, "GRID_CODE_TAKEN"),
        ({"community_id": str(world.centre("421202001"))}, 422, "NOT_A_COMMUNITY"),
        ({"worker_ids": [str(LEADER.id)]}, 422, "NOT_A_GRID_WORKER"),
        ({"leader_id": str(WORKER.id)}, 422, "NOT_A_GRID_LEADER"),
        ({"code": "four"}, 422, "INVALID_FIELDS"),
    ],
)
async def test_what_a_grid_must_be(
    untouched: Stage, changes: dict[str, Any], status: int, code: str
) -> None:
    """B20: 12 digits of the community and 3 of its own."""
    answer = await send(untouched, administrator(), "POST", PATH, grid(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_new_people_in_a_grid_are_told_of_as_well(stage: Stage) -> None:
    """A02: who leaves and who comes have other grids from now on."""
    path = f"{PATH}/{G1.id}"
    version = (await get(stage, staff("jiedao.wenquan"), path))["version"]
    body = {"version": version, "leader_id": str(LEADER.id), "worker_ids": [str(OTHER.id)]}
    answer = await send(stage, administrator(), "PUT", f"{path}/staffing", body)
    assert (answer.status_code, answer.json()["version"]) == (200, version + 1)
    newest = {event.staff.id: event.staff for event in await stage.said(StaffChanged)}
    assert newest[WORKER.id].grid_codes == ()
    assert newest[OTHER.id].grid_codes == (G1.code, "421202001901002")
    async with stage.host.runtime.database.transaction() as session:
        assert [each.id for each in await grid_workers(session, G1.code)] == [OTHER.id]
        leader = await grid_leader(session, G1.code)
    assert leader is not None
    assert leader.id == LEADER.id
    stale = await send(stage, administrator(), "PUT", f"{path}/staffing", body)
    assert (stale.status_code, stale.json()["code"]) == (409, "CHANGED_MEANWHILE")
