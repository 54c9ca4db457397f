"""Estates, buildings and houses from a sheet: seen first, then taken as seen, or not at all."""

from __future__ import annotations

from datetime import timedelta
from resource import RUSAGE_SELF, getrusage
from typing import Any
from uuid import uuid4

import pytest

from deploy.demo import world
from services.routing.directory.domain.importing import (
    Change,
    PlaceRow,
    Present,
    PresentBuilding,
    PresentEstate,
    PresentHouse,
)
from services.routing.directory.domain.planning import planned
from shared.contracts.directory import EstateChanged
from tests.routing.directory.people import administrator, get, send, staff
from tests.routing.directory.sheets import (
    COMMUNITY,
    GRID,
    HEADER,
    NEW_ESTATE,
    PATH,
    confirm,
    csv,
    line,
    previewed,
    upload,
    workbook,
)
from tests.routing.directory.staffing import keeper
from tests.stage import Stage

GARDEN = world.estate("温泉花园（演示）")
KILO = 1024  # the kernel counts in kilobytes
NOTHING = {"NEW": 0, "CHANGED": 0, "UNCHANGED": 0}


def garden(**changes: Any) -> list[object]:
    """The house 101 of building 1 as the directory has it, or other."""
    house = next(each for each in GARDEN.buildings[0].houses if each.room == "101")
    kind = "新建" if GARDEN.kind == "NEW" else "老旧"
    present = {
        "estate": GARDEN.name,
        "kind": kind,
        "building": GARDEN.buildings[0].number,
        "grid": GARDEN.buildings[0].coverage[0].grid_code,
        "unit": house.unit,
        "room": house.room,
        "area": house.area,
    }
    return line(**(present | changes))


async def estates_called(stage: Stage, name: str) -> list[Any]:
    page = await get(stage, administrator(), "/directory/estates", query=name)
    return list(page["items"])


async def test_a_preview_changes_nothing(stage: Stage) -> None:
    seen = await previewed(stage, line(), line(room="102"), line(building="2"))
    assert (seen["status"], seen["rows"], seen["faults"]) == ("READY", 3, [])
    assert seen["counts"] == {
        "estates": NOTHING | {"NEW": 1},
        "buildings": NOTHING | {"NEW": 2},
        "houses": NOTHING | {"NEW": 3},
    }
    assert await estates_called(stage, NEW_ESTATE) == []
    assert await get(stage, administrator(), f"{PATH}/{seen['id']}") == seen


async def test_confirmed_is_what_was_seen(stage: Stage) -> None:
    """B20: the new estate lies in its street, its buildings in their grids; intake is told."""
    seen = await previewed(stage, line(), line(room="102"), line(building="2", area=88))
    answer = await confirm(stage, seen)
    assert (answer.status_code, answer.json()["status"]) == (201, "APPLIED")
    said = (await stage.said(EstateChanged))[-1].estate
    assert (said.display_name, said.division, said.households) == (NEW_ESTATE, "421202001", 3)
    assert [(each.number, each.grid_code, len(each.houses)) for each in said.buildings] == [
        ("1", GRID, 2),
        ("2", GRID, 1),
    ]
    again = await previewed(stage, line(), line(room="102"), line(building="2", area=88))
    assert again["counts"]["houses"] == NOTHING | {"UNCHANGED": 3}
    assert again["counts"]["estates"] == NOTHING | {"UNCHANGED": 1}


async def test_what_is_there_is_completed_and_corrected(stage: Stage) -> None:
    """A house more, an area other; what the sheet does not name stays."""
    before = await get(stage, administrator(), f"/directory/estates/{GARDEN.id}")
    seen = await previewed(stage, garden(area=77.25), garden(room="9901", area=60))
    assert seen["counts"] == {
        "estates": NOTHING | {"CHANGED": 1},
        "buildings": NOTHING | {"CHANGED": 1},
        "houses": NOTHING | {"NEW": 1, "CHANGED": 1},
    }
    assert (await confirm(stage, seen)).status_code == 201
    after = await get(stage, administrator(), f"/directory/estates/{GARDEN.id}")
    areas = {each["room"]: each["area"] for each in after["buildings"][0]["houses"]}
    assert (areas["101"], areas["9901"]) == (77.25, 60.0)
    assert len(after["buildings"][0]["houses"]) == len(before["buildings"][0]["houses"]) + 1
    assert after["buildings"][1:] == before["buildings"][1:]
    assert after["version"] > before["version"]
    said = (await stage.said(EstateChanged))[-1].estate
    assert said.model_dump(mode="json") == after


async def test_unchanged_rows_tell_nobody_anything(stage: Stage) -> None:
    told = len(await stage.said(EstateChanged))
    seen = await previewed(stage, garden())
    assert seen["counts"]["estates"] == NOTHING | {"UNCHANGED": 1}
    assert (await confirm(stage, seen)).status_code == 201
    assert len(await stage.said(EstateChanged)) == told


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"community": "42120200190"}, "社区代码", "COMMUNITY_CODE_MALFORMED"),
        ({"community": "421202001999"}, "社区代码", "NOT_A_COMMUNITY"),
        ({"community": None}, "社区代码", "SHEET_CELL_MISSING"),
        ({"community": "420102001901"}, "社区代码", "OUTSIDE_YOUR_DIVISION"),
        ({"estate": "苑"}, "小区名称", "ESTATE_NAME_LENGTH"),
        ({"kind": "古老"}, "小区类型", "ESTATE_KIND_UNKNOWN"),
        ({"households": "many"}, "户数", "HOUSEHOLDS_MALFORMED"),
        ({"households": 100_001}, "户数", "HOUSEHOLDS_MALFORMED"),
        ({"grid": "421202002901001"}, "网格代码", "UNKNOWN_GRID"),
        ({"grid": "G1"}, "网格代码", "GRID_CODE_MALFORMED"),
        ({"building": "栋" * 21}, "楼栋号", "PLACE_NUMBER_LENGTH"),
        ({"area": 0}, "面积", "AREA_MALFORMED"),
        ({"area": "1e3"}, "面积", "AREA_MALFORMED"),
        ({"area": 10_000.5}, "面积", "AREA_MALFORMED"),
        ({"area": None}, "房号", "HOUSE_INCOMPLETE"),
        ({"estate": GARDEN.name, "kind": "新建", "building": "1", "grid": "421202001901002"},
         "网格代码", "BUILDING_IN_ANOTHER_GRID"),
    ],
)  # fmt: skip
async def test_a_fault_names_row_column_and_reason_in_both_languages(
    untouched: Stage, changes: dict[str, Any], field: str, code: str
) -> None:
    """The good row before it is counted; the whole sheet cannot be confirmed."""
    seen = await previewed(untouched, line(room="909"), line(**changes))
    (fault,) = seen["faults"]
    assert (fault["row"], fault["field"], fault["code"]) == (3, field, code)
    assert fault["title"]
    assert fault["detail"]
    assert seen["status"] == "FAULTY"
    assert seen["counts"]["houses"]["NEW"] == 1
    refused = await confirm(untouched, seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "IMPORT_HAS_FAULTS")


@pytest.mark.parametrize(
    ("second", "field", "code"),
    [
        (line(), "房号", "HOUSE_TWICE"),
        (line(room="102", kind="老旧"), "小区类型", "ROWS_DISAGREE"),
        (line(room="102", households=5), "户数", "ROWS_DISAGREE"),
        (line(room="102", grid="421202001901002"), "网格代码", "ROWS_DISAGREE"),
    ],
)
async def test_rows_do_not_contradict_each_other(
    untouched: Stage, second: list[object], field: str, code: str
) -> None:
    seen = await previewed(untouched, line(), second)
    assert [(each["row"], each["field"], each["code"]) for each in seen["faults"]] == [
        (3, field, code)
    ]


async def test_a_building_may_come_without_houses(stage: Stage) -> None:
    seen = await previewed(stage, line(unit=None, room=None, area=None, households=12))
    assert seen["counts"]["houses"] == NOTHING
    assert (await confirm(stage, seen)).status_code == 201
    assert [each["households"] for each in await estates_called(stage, NEW_ESTATE)] == [12]


@pytest.mark.parametrize("content", [b"no sheet\x00", workbook(), workbook(line(), header="x" * 9)])
async def test_what_is_no_sheet_is_refused_whole(untouched: Stage, content: bytes) -> None:
    refused = await upload(untouched, content)
    assert refused.status_code == 422
    assert refused.json()["code"] in {
        "NOT_A_SHEET", "SHEET_EMPTY", "SHEET_HEADER_NOT_UNDERSTOOD",
    }  # fmt: skip


async def test_csv_is_taken_like_a_workbook(stage: Stage) -> None:
    seen = (await upload(stage, csv([line(), line(room="102")]))).json()
    assert seen["counts"]["houses"] == NOTHING | {"NEW": 2}
    assert (await confirm(stage, seen)).status_code == 201


async def test_a_changed_directory_makes_the_preview_worthless(stage: Stage) -> None:
    """Nothing of it is applied; who looks again sees the difference."""
    seen = await previewed(stage, garden(area=77.25), line())
    other = await previewed(stage, garden(area=66))
    assert (await confirm(stage, other)).status_code == 201
    refused = await confirm(stage, seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "IMPORT_OUTDATED")
    assert await estates_called(stage, NEW_ESTATE) == []


async def test_a_preview_expires(stage: Stage) -> None:
    seen = await previewed(stage, line())
    stage.clock.advance(timedelta(hours=24))
    refused = await confirm(stage, seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "IMPORT_EXPIRED")
    stage.clock.advance(timedelta(seconds=1))
    await previewed(stage, line())
    assert await stage.count("import_draft") == 1


async def test_an_import_counts_once(stage: Stage) -> None:
    """With the same key the same answer, with another a refusal."""
    content = workbook(line())
    first = await upload(stage, content, key="the-same-upload")
    again = await upload(stage, content, key="the-same-upload")
    assert first.json() == again.json()
    assert await stage.count("import_draft") == 1
    seen = first.json()
    answers = [await confirm(stage, seen, key="the-same-confirmation") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    refused = await confirm(stage, seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "IMPORT_APPLIED")
    assert len(await estates_called(stage, NEW_ESTATE)) == 1


async def test_administrators_import_and_nobody_else(stage: Stage) -> None:
    """Not another's preview either; and each in the own county."""
    seen = await previewed(stage, line())
    template = f"{PATH}/template"
    for actor in (staff("zhongzhi.shi"), keeper("wuye.wenquan"), staff("wanggezhang.wenquan")):
        assert (await upload(stage, workbook(line()), actor)).status_code == 403
        assert (await confirm(stage, seen, actor)).status_code == 403
        assert (await send(stage, actor, "GET", template)).status_code == 403
    other = type(administrator())(
        id=uuid4(), end=administrator().end, roles=administrator().roles,
        scope=administrator().scope, session_id=uuid4(),
    )  # fmt: skip
    assert (await confirm(stage, seen, other)).status_code == 404
    elsewhere = (await upload(stage, workbook(line()), administrator("421281"))).json()
    assert [each["code"] for each in elsewhere["faults"]] == ["OUTSIDE_YOUR_DIVISION"]
    assert (await confirm(stage, seen)).status_code == 201


async def test_the_template_is_understood_when_it_comes_back(untouched: Stage) -> None:
    answer = await send(untouched, administrator(), "GET", f"{PATH}/template")
    assert answer.status_code == 200
    refused = await upload(untouched, answer.content)
    assert refused.json()["code"] == "SHEET_EMPTY"
    assert HEADER[0] == "社区代码"


async def test_ten_thousand_houses_in_bounded_memory(stage: Stage) -> None:
    """Previewed and applied whole; a house more is refused before anything is read further."""
    rows = [
        line(
            estate=f"大型小区{at // 1000}",
            building=str(at // 100),
            unit=str(at // 50),
            room=str(at),
        )
        for at in range(10_000)
    ]
    content = workbook(*rows)
    assert len(content) < 1_048_576
    before = getrusage(RUSAGE_SELF).ru_maxrss
    seen = (await upload(stage, content)).json()
    assert seen["counts"]["houses"] == NOTHING | {"NEW": 10_000}
    assert (await confirm(stage, seen)).status_code == 201
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 400 * KILO
    assert await stage.count("house", "room ~ '^[0-9]{4}$' AND unit <> '1'") >= 8_900
    more = await upload(stage, workbook(*rows, line()))
    assert (more.status_code, more.json()["code"]) == (413, "SHEET_TOO_LARGE")


def row(**changes: Any) -> PlaceRow:
    values: dict[str, Any] = (
        dict(zip(PlaceRow._fields[1:], line(kind="NEW"), strict=True)) | changes
    )
    return PlaceRow(2, **values)


def test_a_plan_compares_with_what_is_there() -> None:
    house = PresentHouse(uuid4(), 90.5)
    building = PresentBuilding(uuid4(), GRID, {("1", "101"): house})
    estate = PresentEstate(uuid4(), "NEW", 1, {"1": building})
    present = Present(
        {COMMUNITY: uuid4()}, {COMMUNITY: frozenset({GRID})}, {(COMMUNITY, NEW_ESTATE): estate}
    )
    for changes, expected in (
        ({}, Change.UNCHANGED),
        ({"area": 91.0}, Change.CHANGED),
        ({"room": "102"}, Change.CHANGED),
        ({"kind": "OLD"}, Change.CHANGED),
        ({"households": 2}, Change.CHANGED),
        ({"estate": "另一小区"}, Change.NEW),
    ):
        plan = planned([row(**changes)], present, lambda _: True)
        assert [each.change for each in plan.estates.values()] == [expected], changes


def test_two_estates_of_one_name_are_not_told_apart() -> None:
    key = (COMMUNITY, NEW_ESTATE)
    grids = {COMMUNITY: frozenset({GRID})}
    present = Present({COMMUNITY: uuid4()}, grids, {}, frozenset({key}))
    plan = planned([row()], present, lambda _: True)
    assert [fault.error.code for fault in plan.faults] == ["ESTATE_AMBIGUOUS"]
