"""Worklists as sheets: what is in them for whom, and what never is (X16)."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from services.routing.desks import exporting
from services.routing.desks.domain.exporting import HIDDEN, masked_title
from shared.identity import Actor
from tests.routing.desks.lists import numbers
from tests.routing.drama import FEES, NOISE, Drama, Words, owner, staff

STREET = staff("zhongzhi.wenquan")
LEADER = staff("wanggezhang.wenquan")
WORKER = staff("wangge.wenquan2")
COMPANY = staff("wuye.wenquan")
COUNTY = staff("zhongzhi.xianan")
PHONE, ROOM = "13900001111", "4栋1单元101室"
TALKATIVE = Words(
    f"张三丰 {PHONE} 家住{ROOM}，楼上噪音", "楼上小孩跑跳有轻微噪音，影响休息。", "NS01"
)
FORMULA = Words("=HYPERLINK(1)楼上噪音", "楼上小孩跑跳有轻微噪音，影响休息。", "NS01")
SECRETIVE = {
    "网格代码",
    "要求保密",
    "督办",
    "群体性",
    "催办次数",
    "诉求标题（已脱敏）",
}


async def _exported(drama: Drama, actor: Actor, **query: Any) -> httpx.Response:
    answer = await drama.read(actor, "/worklist/export", **query)
    assert answer.status_code == 200, answer.text
    return answer


async def _lines(drama: Drama, actor: Actor, **query: Any) -> list[dict[str, str]]:
    answer = await _exported(drama, actor, format="csv", **query)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "actor", [STREET, LEADER, WORKER, COUNTY, COMPANY], ids=lambda actor: str(actor.end)
)
async def test_no_number_no_room_no_owner_for_anybody(drama: Drama, actor: Actor) -> None:
    """X15, X16: whatever the desk; of a confidential reporter not even the words."""
    for facts in ({}, {"confidential": True}, {"anonymous": True, "owner_id": None}):
        await drama.submit(TALKATIVE, **facts)
    answer = await _exported(drama, actor, format="csv")
    text = answer.content.decode("utf-8-sig")
    complaints = await drama.rows("SELECT owner_id, house_id, number FROM case_complaint")
    personal = {str(value) for row in complaints for value in row.values() if value}
    assert len(text.splitlines()) == 4
    for secret in (PHONE, ROOM, "101", "1单元", *personal):
        assert secret not in text, secret
    lines = list(csv.DictReader(io.StringIO(text)))
    titles = [line.get("诉求标题（已脱敏）", HIDDEN) for line in lines]
    expected = 3 if actor is COMPANY else 2
    assert titles.count(HIDDEN) == expected


async def test_the_company_gets_fewer_columns(drama: Drama) -> None:
    """X16: neither what was written, nor who asked for confidence, nor who watches the company."""
    await drama.submit(TALKATIVE)
    (full,) = await _lines(drama, STREET)
    (less,) = await _lines(drama, COMPANY)
    assert set(full) - set(less) == SECRETIVE
    assert "张三丰" not in "".join(less.values())
    assert less["案件编号"] == full["案件编号"]
    assert less["主办单位"] == full["主办单位"]


async def test_both_formats_say_the_same_as_the_list(drama: Drama) -> None:
    for words in (NOISE, FEES, NOISE):
        await drama.submit(words)
    for query in ({}, {"grade": "SMALL"}, {"sort": "ACCEPTED"}):
        listed = await numbers(drama, STREET, **query)
        assert [line["案件编号"] for line in await _lines(drama, STREET, **query)] == listed
        answer = await _exported(drama, STREET, **query)
        book = load_workbook(io.BytesIO(answer.content), read_only=True)
        heading, *rows = book.active.iter_rows(values_only=True)
        assert [row[heading.index("案件编号")] for row in rows] == listed
        book.close()


async def test_no_title_becomes_a_formula(drama: Drama) -> None:
    """A title that begins like a formula is text in both formats."""
    await drama.submit(FORMULA)
    (line,) = await _lines(drama, STREET)
    assert line["诉求标题（已脱敏）"].startswith("'=")
    answer = await _exported(drama, STREET, format="xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


async def test_an_export_is_read_in_pieces(drama: Drama, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a list is longer than a piece, and ends exactly with one."""
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 2)
    for _ in range(4):
        await drama.submit(NOISE)
    lines = await _lines(drama, STREET, sort="GRADE")
    assert len({line["案件编号"] for line in lines}) == len(lines) == 4


async def test_an_export_is_on_the_audit_log(drama: Drama) -> None:
    """A08: who took which list, with the filter."""
    await _lines(drama, STREET, grade="SMALL", overdue="false")
    (row,) = await drama.rows(
        "SELECT actor_id, details FROM audit_entry WHERE action = 'worklist.exported'"
    )
    assert row["actor_id"] == STREET.id
    assert row["details"] == {
        "format": "csv",
        "sort": "DUE",
        "filter": {"grade": ["SMALL"], "overdue": False},
    }


async def test_owners_export_nothing(drama: Drama) -> None:
    answer = await drama.read(owner(), "/worklist/export")
    assert (answer.status_code, answer.json()["code"]) == (403, "DESKS_ONLY")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("住3栋2单元1001室的漏水", "住******的漏水"),
        ("电话13900001111", "电话139****1111"),
        ("5-2-301漏水", "**漏水"),
        ("电梯停运3天", "电梯停运3天"),
    ],
)
def test_a_title_loses_rooms_and_numbers(title: str, shown: str) -> None:
    assert masked_title(title, hidden=False) == shown
    assert masked_title(title, hidden=True) == HIDDEN
