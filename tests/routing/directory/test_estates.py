"""Estates, buildings and the grids that cover them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from services.routing.directory.queries import KnownGrid, grid_of_building
from services.routing.directory.turning import turn
from shared.clock import BEIJING
from shared.contracts.directory import EstateChanged
from tests.routing.directory.people import administrator, get, send, staff
from tests.stage import Stage

PATH = "/directory/estates"
GARDEN = world.estate("温泉花园（演示）")
WENQUAN = world.community("421202001901")
FUSHAN = world.community("421202002901")
G1, G2 = "421202001901001", "421202001901002"


def estate(**changes: Any) -> dict[str, Any]:
    houses = [{"unit": "1", "room": "101", "area": 90.5}, {"unit": "1", "room": "102", "area": 88}]
    body = {
        "display_name": "温泉新苑（演示）",
        "division": "421202001",
        "community_id": str(WENQUAN.id),
        "kind": "NEW",
        "buildings": [{"number": "1", "grid_code": G1, "houses": houses}],
    }
    return body | changes


def building(**changes: Any) -> list[dict[str, Any]]:
    return [{"number": "1", "grid_code": G1, "houses": []} | changes]


async def grid_at(stage: Stage, building_id: UUID, at: datetime) -> KnownGrid | None:
    async with stage.host.runtime.database.transaction() as session:
        return await grid_of_building(session, building_id, at)


async def test_an_estate_is_entered_with_its_buildings(stage: Stage) -> None:
    answer = await send(stage, administrator(), "POST", PATH, estate())
    assert answer.status_code == 201
    state = answer.json()
    assert (state["households"], state["company_id"], state["version"]) == (2, None, 1)
    (only,) = state["buildings"]
    assert only["grid_code"] == G1
    assert [house["room"] for house in only["houses"]] == ["101", "102"]
    said = (await stage.said(EstateChanged))[-1].estate
    assert said.model_dump(mode="json") == state
    assert await get(stage, staff("jiedao.wenquan"), f"{PATH}/{state['id']}") == state


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"division": "421202999"}, "UNKNOWN_DIVISION"),
        ({"division": "421202002"}, "COMMUNITY_NOT_OF_DIVISION"),
        ({"community_id": str(world.centre("421202001"))}, "NOT_A_COMMUNITY"),
        ({"buildings": building(grid_code="421202001901999")}, "UNKNOWN_GRID"),
        ({"buildings": building(grid_code="421202002901001")}, "UNKNOWN_GRID"),
        ({"buildings": building() + building()}, "BUILDING_TWICE"),
        (
            {"buildings": building(houses=[{"unit": "1", "room": "101", "area": 9.5}] * 2)},
            "HOUSE_TWICE",
        ),
        ({"buildings": []}, "INVALID_FIELDS"),
        ({"kind": "ANCIENT"}, "INVALID_FIELDS"),
        ({"buildings": building(houses=[{"unit": "1", "room": "101", "area": "90"}])},
         "INVALID_FIELDS"),
    ],
)  # fmt: skip
async def test_what_an_estate_must_be(untouched: Stage, changes: dict[str, Any], code: str) -> None:
    """B19, B20: street, community and grid fit into each other."""
    answer = await send(untouched, administrator(), "POST", PATH, estate(**changes))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await untouched.count("estate") == len(world.ESTATES)


async def test_a_moved_building_belongs_to_the_other_grid_from_that_day(untouched: Stage) -> None:
    """B20: building 3 moves on 05-01; X30: before midnight it is still the old grid."""
    third = GARDEN.building("3").id
    for at, code in (
        (datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING), G1),
        (datetime(2026, 4, 30, 23, 59, 59, tzinfo=BEIJING), G1),
        (datetime(2026, 5, 1, 0, 0, tzinfo=BEIJING), G2),
    ):
        grid = await grid_at(untouched, third, at)
        assert grid is not None
        assert grid.code == code
    before_everything = datetime(2024, 1, 1, tzinfo=BEIJING)
    assert await grid_at(untouched, third, before_everything) is None


async def test_an_administrator_moves_a_building(stage: Stage) -> None:
    """B20 over HTTP; the event shows the grid of its own day."""
    first = GARDEN.building("1").id
    path = f"{PATH}/{GARDEN.id}/buildings/{first}/moves"
    body = {"grid_code": G2, "valid_from": "2026-03-02"}
    version = (await stage.said(EstateChanged))[-1].estate.version
    answer = await send(stage, administrator(), "POST", path, body)
    assert answer.status_code == 201
    grids = {each["number"]: each["grid_code"] for each in answer.json()["buildings"]}
    assert grids == {"1": G2, "2": G1, "3": G1, "4": G2}
    said = (await stage.said(EstateChanged))[-1].estate
    assert said.id == GARDEN.id
    assert said.version > version
    again = await send(stage, administrator(), "POST", path, body)
    assert (again.status_code, again.json()["code"]) == (409, "COVERAGE_TWICE")
    elsewhere = body | {"grid_code": "421202002901001", "valid_from": "2026-06-01"}
    refused = await send(stage, administrator(), "POST", path, elsewhere)
    assert (refused.status_code, refused.json()["code"]) == (422, "UNKNOWN_GRID")


async def test_a_building_is_found_in_its_own_estate_only(untouched: Stage) -> None:
    other = world.estate("浮山新村（演示）").building("1").id
    path = f"{PATH}/{GARDEN.id}/buildings/{other}/moves"
    body = {"grid_code": G2, "valid_from": "2026-03-02"}
    answer = await send(untouched, administrator(), "POST", path, body)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_IN_DIRECTORY")


async def test_estates_are_found_by_place_company_and_name(untouched: Stage) -> None:
    """A18: a county's list is the sum of its streets'."""
    reader = staff("zhongzhi.shi")
    counts = {
        prefix: len((await get(untouched, reader, PATH, division=prefix))["items"])
        for prefix in ("4212", "421202", "421202001", "421202002", "421281")
    }
    assert counts == {"4212": 7, "421202": 3, "421202001": 2, "421202002": 1, "421281": 2}
    wenxin = world.company("温馨物业服务有限公司（演示）").id
    page = await get(untouched, reader, PATH, company_id=str(wenxin))
    assert [each["id"] for each in page["items"]] == [str(GARDEN.id)]
    page = await get(untouched, reader, PATH, query="江景")
    assert [each["display_name"] for each in page["items"]] == ["鱼岳江景（演示）"]


async def test_on_the_day_of_a_move_everybody_hears_of_the_new_grid(stage: Stage) -> None:
    """B20: moved on 05-01; told when entered, and again, with the new grid, on the day itself."""
    moves = datetime(2026, 5, 1, 0, 0, tzinfo=BEIJING)
    stage.clock.move_to(moves - timedelta(seconds=1))
    await turn(stage.host.runtime)
    assert await _told_grid(stage) == G1
    stage.clock.move_to(moves)
    await turn(stage.host.runtime)
    assert await _told_grid(stage) == G2


async def _told_grid(stage: Stage) -> str:
    said = [each.estate for each in await stage.said(EstateChanged)]
    latest = [each for each in said if each.id == GARDEN.id][-1]
    return next(each.grid_code for each in latest.buildings if each.number == "3")
