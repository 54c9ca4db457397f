"""Letters typed off by the centre: a sheet is looked at, confirmed, and filed once (B03)."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from openpyxl import Workbook, load_workbook

from services.intake.channels.letters.columns import COLUMNS
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.vocabulary import Channel
from tests.intake.people import ANNA, GARDEN, once, owner
from tests.routing.drama import staff
from tests.stage import Stage

STREET = "zhongzhi.wenquan"
HEADER = [column.chinese for column in COLUMNS]
LONG = "楼道堆放杂物影响通行，请督促清理"


def line(number: str, **changes: str) -> list[str]:
    values = {"number": number, "estate": "温泉花园", "text": LONG} | changes
    return [values.get(column.key, "") for column in COLUMNS]


def xlsx(*lines: list[str]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in (HEADER, *lines):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def csv(*lines: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in (HEADER, *lines)).encode("gb18030")


async def upload(stage: Stage, content: bytes, account: str = STREET) -> Any:
    async with stage.client(staff(account)) as desk:
        return await desk.post("/desk/letters", files={"file": content}, headers=once())


async def confirm(stage: Stage, sheet: Any, account: str = STREET) -> Any:
    async with stage.client(staff(account)) as desk:
        return await desk.post(f"/desk/letters/{sheet.json()['id']}/confirmation")


def faults(answer: Any) -> set[tuple[int, str, str]]:
    return {(each["row"], each["field"], each["code"]) for each in answer.json()["faults"]}


async def test_a_sheet_is_looked_at_and_then_filed(stage: Stage) -> None:
    """B03: nothing is filed before it is confirmed; the door is a letter, the channel WALK_IN."""
    sheet = await upload(
        stage,
        xlsx(
            line("信2026-1", name="演示来信人", mobile=ANNA.mobile, building="1栋"),
            line("信2026-2", confidential="是", name="演示来信人", title="杂物"),
        ),
    )
    assert sheet.status_code == 201, sheet.text
    assert (sheet.json()["status"], sheet.json()["counts"]) == ("READY", {"NEW": 2, "KNOWN": 0})
    assert await stage.count("complaint") == 0
    assert await stage.count("letter_sheet", f"rows LIKE '%{ANNA.mobile}%'") == 0
    done = (await confirm(stage, sheet)).json()
    assert [(each["letter"], each["outcome"]) for each in done["outcome"]] == [
        ("信2026-1", "FILED"),
        ("信2026-2", "FILED"),
    ]
    said = {each.complaint.number: each.complaint for each in await stage.said(ComplaintSubmitted)}
    first, second = (said[each["number"]] for each in done["outcome"])
    assert (first.channel, first.owner_id) == (Channel.WALK_IN, ANNA.id)
    assert first.building_id == GARDEN.building("1").id
    assert second.confidential
    assert await stage.count("complaint", "door = 'LETTER'") == 2


async def test_the_same_sheet_again_changes_nothing(stage: Stage) -> None:
    """B03, X36: known by the register number; confirmed twice, or imported twice."""
    content = xlsx(line("1"), line("2"))
    sheet = await upload(stage, content)
    first = await confirm(stage, sheet)
    assert (await confirm(stage, sheet)).json() == first.json()
    again = await upload(stage, content)
    assert (again.json()["status"], again.json()["counts"]) == ("READY", {"NEW": 0, "KNOWN": 2})
    done = (await confirm(stage, again)).json()["outcome"]
    assert {each["outcome"] for each in done} == {"KNOWN"}
    assert [each["number"] for each in done] == [each["number"] for each in first.json()["outcome"]]
    more = await upload(stage, csv(line("2"), line("3")))
    assert more.json()["counts"] == {"NEW": 1, "KNOWN": 1}
    await confirm(stage, more)
    assert await stage.count("complaint") == 3


async def test_every_faulty_row_is_told_and_nothing_is_filed(stage: Stage) -> None:
    await confirm(stage, await upload(stage, xlsx(line("1"))))
    sheet = await upload(
        stage,
        xlsx(
            line("1", text=LONG + "，第二次"),
            line("2", estate="鱼岳江景"),
            line("3", building="99栋"),
            line("4", text="太短"),
            line("5", mobile="12"),
            line("6", confidential="大概"),
            line("7", category="ZZ99"),
            line("8", estate=""),
            line("9"),
            line("9"),
            line("a b"),
        ),
    )
    assert sheet.json()["status"] == "FAULTY"
    assert faults(sheet) == {
        (2, "登记号", "LETTER_DIFFERS"),
        (3, "小区名称", "LETTER_ESTATE_NOT_FOUND"),
        (4, "楼栋号", "LETTER_BUILDING_NOT_FOUND"),
        (5, "内容", "TEXT_TOO_SHORT"),
        (6, "手机号", "INVALID_MOBILE_NUMBER"),
        (7, "要求保密", "YES_OR_NO"),
        (8, "内容", "CATEGORY_UNKNOWN"),
        (9, "小区名称", "SHEET_CELL_MISSING"),
        (11, "登记号", "LETTER_TWICE"),
        (12, "登记号", "LETTER_NUMBER_MALFORMED"),
    }
    refused = await confirm(stage, sheet)
    assert (refused.status_code, refused.json()["code"]) == (409, "LETTERS_HAVE_FAULTS")
    assert await stage.count("complaint") == 1


async def test_a_preview_is_its_makers_and_grows_old(stage: Stage) -> None:
    sheet = await upload(stage, xlsx(line("1")))
    for account, status in ((STREET, 200), ("zhongzhi.shi", 404), ("wuye.wenquan", 403)):
        async with stage.client(staff(account)) as desk:
            answer = await desk.get(f"/desk/letters/{sheet.json()['id']}")
        assert answer.status_code == status
    assert (await confirm(stage, sheet, "zhongzhi.shi")).status_code == 404
    async with stage.client(owner(ANNA)) as anna:
        assert (await anna.get("/desk/letters/template")).status_code == 403
    stage.clock.advance(timedelta(hours=24))
    old = await confirm(stage, sheet)
    assert (old.status_code, old.json()["code"]) == (409, "LETTERS_EXPIRED")


async def test_two_offices_have_registers_of_their_own(stage: Stage) -> None:
    for account in (STREET, "zhongzhi.xianan"):
        done = (await confirm(stage, await upload(stage, xlsx(line("1")), account), account)).json()
        assert [each["outcome"] for each in done["outcome"]] == ["FILED"]
    assert await stage.count("complaint") == 2


async def test_the_template_is_taken_as_it_is(stage: Stage) -> None:
    async with stage.client(staff(STREET)) as desk:
        blank = await desk.get("/desk/letters/template")
    book = load_workbook(io.BytesIO(blank.content))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADER
    book.worksheets[0].append(line("1"))
    filled = io.BytesIO()
    book.save(filled)
    assert (await upload(stage, filled.getvalue())).json()["counts"]["NEW"] == 1
