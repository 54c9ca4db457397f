"""Who reads and who changes the directory: every route, allowed and denied side by side."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from deploy.demo import world
from services.routing.directory.api import routers
from shared.identity import Actor
from tests.routing.directory.people import administrator, owner, send, staff
from tests.stage import Stage

GARDEN = world.estate("温泉花园（演示）")
IDS = {
    "organisation_id": world.centre("421202001"),
    "estate_id": GARDEN.id,
    "building_id": GARDEN.building("1").id,
    "contract_id": next(each.id for each in world.CONTRACTS if each.estate is GARDEN),
    "grid_id": world.grid("421202001901001").id,
    "staff_id": world.staff("wangge.wenquan1").id,
}
ABSENT = dict.fromkeys(IDS, uuid4())
# Their rows are made first, see test_roles, test_interests, test_invitations and test_imports.
MADE_FIRST = ("{grant_id}", "{interest_id}", "{invitation_id}", "{import_id}", "/imports")
ROUTES = [
    (method, route.path)
    for router in routers
    for route in router.routes
    if isinstance(route, APIRoute) and route.path.startswith("/directory")
    if not any(each in route.path for each in MADE_FIRST)
    for method in sorted(route.methods or ())
]
KEPT_FROM_STAFF = ("/directory/staff/{staff_id}", "/directory/invitations")
OPEN_TO_STAFF = [
    route for route in ROUTES if route[0] == "GET" and not route[1].startswith(KEPT_FROM_STAFF)
]
FOR_ADMINISTRATORS = [route for route in ROUTES if route not in OPEN_TO_STAFF]
BODIES: dict[str, dict[str, Any]] = {
    "/directory/organisations/{organisation_id}": {
        "version": 1,
        "display_name": "温泉街道综治中心",
        "active": True,
    },
    "/directory/estates/{estate_id}/buildings/{building_id}/moves": {
        "grid_code": "421202001901002",
        "valid_from": "2026-06-01",
    },
    "/directory/contracts/{contract_id}/replacement": {
        "company_id": str(world.company("桂语物业服务有限公司（演示）").id),
        "kind": "ASSEMBLY",
        "valid_from": "2026-06-01",
        "handover": "门禁钥匙与图纸已移交。",
    },
    "/directory/contracts/{contract_id}/end": {"last_day": "2026-12-31"},
    "/directory/grids/{grid_id}/staffing": {"version": 2, "worker_ids": []},
    "/directory/organisations": {
        "kind": "MEDIATION_COMMITTEE",
        "division": "421202001",
        "display_name": "温泉街道调委会（演示）",
    },
    "/directory/contracts": {
        "estate_id": str(world.estate("浮山新村（演示）").id),
        "company_id": str(world.company("温馨物业服务有限公司（演示）").id),
        "kind": "ASSEMBLY",
        "valid_from": "2026-04-01",
    },
    "/directory/grids": {
        "code": "421202001901009",
        "community_id": str(world.community("421202001901").id),
    },
    "/directory/estates": {
        "display_name": "温泉新苑（演示）",
        "division": "421202001",
        "community_id": str(world.community("421202001901").id),
        "kind": "NEW",
        "buildings": [{"number": "1", "grid_code": "421202001901001"}],
    },
    "/directory/staff": {
        "account": "jiedao.new",
        "password": "a-first-password",
        "display_name": "演示新同事",
        "organisation_id": str(world.centre("421202001")),
        "end": "CENTRE",
        "roles": ["DISPATCHER"],
        "divisions": ["421202001"],
    },
    "/directory/staff/{staff_id}": {
        "version": 2,
        "display_name": "演示网格员",
        "organisation_id": str(world.community("421202001901").id),
        "end": "COMMUNITY",
        "roles": ["GRID_WORKER"],
    },
    "/directory/staff/{staff_id}/roles": {"role": "STAFF_ADMINISTRATOR"},
    "/directory/staff/{staff_id}/interests": {
        "subject_id": str(world.company("桂语物业服务有限公司（演示）").id)
    },
    "/directory/invitations": {
        "account": "jiedao.invited",
        "display_name": "演示受邀人",
        "mobile": "13900009002",
        "organisation_id": str(world.centre("421202001")),
        "end": "CENTRE",
        "roles": [{"role": "DISPATCHER"}],
        "divisions": ["421202001"],
    },
    "/directory/mediators": {
        "staff_id": str(world.staff("tiaojie.xianan1").id),
        "full_time": False,
    },
}


async def answer(stage: Stage, actor: Actor | None, route: tuple[str, str], ids: object) -> int:
    method, path = route
    body = BODIES.get(path) if method != "GET" else None
    url = path.format_map(ids)  # type: ignore[arg-type]
    if actor is not None:
        return (await send(stage, actor, method, url, body)).status_code
    async with stage.client() as client:
        return (await client.request(method, url, json=body)).status_code


@pytest.mark.parametrize("route", OPEN_TO_STAFF, ids=" ".join)
async def test_staff_read_the_directory_and_owners_do_not(
    untouched: Stage, route: tuple[str, str]
) -> None:
    for account in ("wuye.wenquan", "wangge.wenquan1", "xiaofang.chibi", "fayuan.jiayu"):
        assert await answer(untouched, staff(account), route, IDS) == 200
    assert await answer(untouched, owner(), route, IDS) == 403
    assert await answer(untouched, None, route, IDS) == 401


@pytest.mark.parametrize("route", FOR_ADMINISTRATORS, ids=" ".join)
async def test_administrators_change_it_and_nobody_else(
    stage: Stage, route: tuple[str, str]
) -> None:
    """3.9: dispatchers, observers and the rest are refused before anything is looked up."""
    for account in ("zhongzhi.shi", "zhuxin.shi", "wuye.wenquan", "wanggezhang.wenquan"):
        assert await answer(stage, staff(account), route, IDS) == 403
        assert await answer(stage, staff(account), route, ABSENT) == 403
    assert await answer(stage, owner(), route, IDS) == 403
    assert await answer(stage, None, route, IDS) == 401
    assert await answer(stage, administrator(), route, IDS) in {200, 201, 204}


@pytest.mark.parametrize("route", FOR_ADMINISTRATORS, ids=" ".join)
async def test_an_administrator_stays_in_the_own_county(
    stage: Stage, route: tuple[str, str]
) -> None:
    """What another county's administrator may not see is 404, what may be seen is 403."""
    if route == ("GET", "/directory/invitations"):
        return  # a list is as long as one may see
    hidden = "{staff_id}" in route[1]
    elsewhere = await answer(stage, administrator("421281"), route, IDS)
    assert elsewhere == (404 if hidden else 403)
    assert await answer(stage, administrator("421202"), route, IDS) in {200, 201, 204}


@pytest.mark.parametrize("route", [route for route in ROUTES if "{" in route[1]], ids=" ".join)
async def test_what_is_absent_is_not_found(untouched: Stage, route: tuple[str, str]) -> None:
    assert await answer(untouched, administrator(), route, ABSENT) == 404


async def test_nobody_gives_more_than_they_have(stage: Stage) -> None:
    """A county's administrator cannot make an administrator of the city."""
    county = administrator("421202")
    body = {**BODIES["/directory/staff"], "roles": ["ADMINISTRATOR"]}
    greedy = body | {"divisions": ["4212"]}
    refused = await send(stage, county, "POST", "/directory/staff", greedy)
    assert (refused.status_code, refused.json()["code"]) == (403, "OUTSIDE_YOUR_DIVISION")
    modest = body | {"divisions": ["421202"]}
    assert (await send(stage, county, "POST", "/directory/staff", modest)).status_code == 201
