"""Sheets of rules: all of a sheet or nothing, and what is wrong told row by row."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from deploy.demo import world
from services.routing.dispatching.domain.sheet import COLUMNS
from shared.sheets import read_sheet
from tests.house.source import CHECKOUT
from tests.routing.dispatching.desk import (
    COUNTY,
    HEADER,
    NIGHT,
    csv,
    drafted,
    row,
    upload,
)
from tests.routing.drama import Drama
from tests.shared.sheets.books import book

GARDEN = world.estate("温泉花园（演示）")


async def test_what_offices_write_becomes_rules(drama: Drama) -> None:
    """Names or codes, families of categories, ranges of days, windows over midnight."""
    set_id = await drafted(
        drama,
        row("甲", "城管执法局", order="20", divisions="421202001"),
        row(
            "乙",
            "社区",
            order="10",
            divisions="421202001901",
            estates=GARDEN.name,
            categories="NS、PF01",
            grades="小事，中事",
            channels="12345热线、MINI_PROGRAM",
            weekdays="周五至周一",
            times="22:00-06:00",
            valid_from="2026-03-01",
            valid_to="2026-12-31",
            co="物业服务企业、住新局",
        ),
    )
    read = await drama.see(COUNTY, f"/dispatch-rules/{set_id}")
    assert (read["division"], read["version"], read["state"]) == ("421202", 1, "DRAFT")
    assert (read["rules"], read["in_force"]) == (2, False)
    second, first = read["items"][0], read["items"][1]
    assert (first["name"], first["lead"]) == ("甲", "DEPARTMENT:URBAN_MANAGEMENT")
    assert second | {"position": 1} == {
        "position": 1,
        "name": "乙",
        "divisions": ["421202001901"],
        "estates": [str(GARDEN.id)],
        "categories": ["NS", "PF01"],
        "grades": ["SMALL", "MEDIUM"],
        "channels": ["HOTLINE", "MINI_PROGRAM"],
        "weekdays": [1, 5, 6, 7],
        "starts_at": "22:00:00",
        "ends_at": "06:00:00",
        "valid_from": "2026-03-01",
        "valid_to": "2026-12-31",
        "lead": "COMMUNITY",
        "co": ["COMPANY", "DEPARTMENT:HOUSING"],
        "reason": "值班",
    }


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"divisions": "421281"}, "行政区划", "RULE_DIVISION_UNKNOWN"),
        ({"divisions": "无此街道"}, "行政区划", "RULE_DIVISION_UNKNOWN"),
        ({"estates": "赤马港家园（演示）"}, "小区", "RULE_ESTATE_UNKNOWN"),
        ({"categories": "ZZ01"}, "类别", "RULE_CATEGORY_UNKNOWN"),
        ({"grades": "特大"}, "分级", "RULE_GRADE_UNKNOWN"),
        ({"channels": "传真"}, "渠道", "RULE_CHANNEL_UNKNOWN"),
        ({"weekdays": "周八"}, "星期", "RULE_WEEKDAYS_UNREADABLE"),
        ({"times": "晚上"}, "时段", "RULE_TIMES_UNREADABLE"),
        ({"times": "25:00-06:00"}, "时段", "RULE_TIMES_UNREADABLE"),
        ({"times": "08:00-08:00"}, "时段", "RULE_TIMES_UNREADABLE"),
        ({"valid_from": "明天"}, "生效日期", "RULE_DATE_UNREADABLE"),
        ({"valid_from": "2026-03-02", "valid_to": "2026-03-01"}, "失效日期", "RULE_DATES_REVERSED"),
        ({"lead": "月球局"}, "主办", "RULE_UNIT_UNKNOWN"),
        ({"lead": "物业服务企业"}, "主办", "RULE_UNIT_CANNOT_LEAD"),
        ({"co": "社区、社区"}, "协办", "RULE_UNIT_TWICE"),
        ({"order": "0"}, "序号", "RULE_ORDER_UNREADABLE"),
        ({"name": ""}, "规则名称", "SHEET_CELL_MISSING"),
        ({"reason": "长" * 501}, "理由", "SHEET_CELL_TOO_LONG"),
    ],
)
async def test_each_fault_is_told_with_row_and_field(
    drama: Drama, cells: dict[str, str], field: str, code: str
) -> None:
    """The report speaks Chinese and English; nothing of the sheet is taken."""
    good, bad = row("好", order="5"), {**row("坏", order="6"), **cells}
    answer = await upload(drama, csv(good, bad))
    assert (answer.status_code, answer.json()["code"]) == (422, "SHEET_HAS_FAULTS")
    (fault,) = answer.json()["errors"]
    assert (fault["row"], fault["field"], fault["code"]) == (3, field, code)
    assert fault["title"]
    assert fault["detail"]
    assert await drama.stage.count("dispatch_rule_set") == 0


async def test_all_faults_at_once(drama: Drama) -> None:
    rows = [
        row("同名", grades="甲", times="乙"),
        row("同名"),
        row("三", order="1"),
        row("四", order="1"),
    ]
    answer = await upload(drama, csv(*rows))
    assert [(each["row"], each["code"]) for each in answer.json()["errors"]] == [
        (2, "RULE_GRADE_UNKNOWN"),
        (2, "RULE_ORDER_UNREADABLE"),
        (2, "RULE_TIMES_UNREADABLE"),
        (3, "RULE_ORDER_UNREADABLE"),
        (3, "RULE_NAME_TWICE"),
        (5, "RULE_ORDER_TWICE"),
    ]
    assert (answer.json()["rows"], answer.json()["faulty"]) == (4, 3)


async def test_a_workbook_with_a_formula_is_refused(drama: Drama) -> None:
    content = book(["规则名称", "主办", "理由"], ["甲", "社区", '=HYPERLINK("http://x")'])
    answer = await upload(drama, content)
    assert answer.json()["errors"][0]["code"] == "SHEET_CELL_IS_FORMULA"


async def test_gbk_and_workbooks_are_read_alike(drama: Drama) -> None:
    for content in (csv(NIGHT).decode("utf-8-sig").encode("gbk"), book(HEADER, _cells(NIGHT))):
        answer = await upload(drama, content)
        assert answer.status_code == 201, answer.text
    assert answer.json()["version"] == 2, "each import is the next version"


async def test_more_rules_than_a_set_holds(drama: Drama) -> None:
    answer = await upload(drama, csv(*(row(str(number)) for number in range(501))))
    assert (answer.status_code, answer.json()["code"]) == (413, "SHEET_TOO_LARGE")


async def test_the_template_reads_back(drama: Drama) -> None:
    """Headings, example and explanations; the example is a rule as it stands."""
    answer = await drama.read(COUNTY, "/dispatch-rules/template.xlsx")
    assert answer.status_code == 200
    assert read_sheet(answer.content, COLUMNS).rows[0]["name"] == "夜间噪音"
    names = load_workbook(io.BytesIO(answer.content)).sheetnames
    assert names == ["派单规则", "填写说明", "可填内容"]
    assert (await upload(drama, answer.content)).status_code == 201


async def test_the_example_of_the_documentation_is_a_sheet(drama: Drama) -> None:
    page = (CHECKOUT / "docs" / "dispatching.md").read_text()
    example = page.split("```csv\n")[1].split("```")[0]
    assert (await upload(drama, example.encode())).json()["rules"] == 2


async def test_an_import_takes_effect_once(drama: Drama) -> None:
    """Sent again with the same key it is answered as before, whatever boundary is drawn."""
    key = str(uuid4())
    first = await upload(drama, csv(NIGHT), key=key)
    again = await upload(drama, csv(NIGHT), key=key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = await upload(drama, csv(row()), key=key)
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert await drama.stage.count("dispatch_rule_set") == 1


async def test_two_of_one_name_need_a_code(drama: Drama) -> None:
    """Offices of the county and the city may bear one name."""
    await drama.rows(
        "UPDATE organisation SET display_name = '同名单位' WHERE id = ANY(:ids) RETURNING id",
        ids=[world.centre("421202"), world.centre("421202001")],
    )
    answer = await upload(drama, csv(row(lead="同名单位")))
    assert answer.json()["errors"][0]["code"] == "RULE_NAME_AMBIGUOUS"
    assert await drafted(drama, row(lead=str(world.centre("421202001"))))


def _cells(rule: Any) -> list[str]:
    return [rule.get(column.key, "") for column in COLUMNS]
