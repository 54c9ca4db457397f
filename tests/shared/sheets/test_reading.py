"""Sheets that come in: what is read, what is refused as a whole, what is a fault of its row."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import DomainError
from shared.sheets import (
    Column,
    HeaderNotUnderstood,
    Limits,
    NotASheet,
    SheetDamaged,
    SheetEmpty,
    SheetEncodingUnknown,
    SheetHasFaults,
    SheetTooLarge,
    read_sheet,
)
from tests.shared.sheets.books import SHEET, book, part, with_parts

COLUMNS = (
    Column("estate", "小区", filled=True),
    Column("code", "区划代码"),
    Column("remark", "备注", needed=False),
)
HEADER = ("小区", "区划代码", "备注")
CSV = "小区,区划代码,备注\n温泉花园,421202001,无\n\n桂语雅苑,421202,\n"


def read(content: bytes, **limits: int) -> list[tuple[int, dict[str, str]]]:
    sheet = read_sheet(content, COLUMNS, Limits(**limits))
    sheet.refuse_faults()
    return [(row.number, dict(row.cells)) for row in sheet.rows]


def faults(content: bytes, **limits: int) -> list[tuple[int, str | None, str]]:
    found = read_sheet(content, COLUMNS, Limits(**limits)).report.faults
    return [(fault.row, fault.field, fault.code) for fault in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_csv_in_the_encodings_of_offices(encoding: str) -> None:
    """Rows carry the number that the office program shows; empty ones are passed over."""
    assert read(CSV.encode(encoding)) == [
        (2, {"estate": "温泉花园", "code": "421202001", "remark": "无"}),
        (4, {"estate": "桂语雅苑", "code": "421202", "remark": ""}),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (421202001, "421202001"),
        (421202001901001.0, "421202001901001"),
        (0.5, "0.5"),
        (True, "是"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime.fromisoformat("2026-03-02T09:30"), "2026-03-02 09:30:00"),
        (time(22, 0), "22:00"),
        (" 有空格 ", "有空格"),
    ],
)
def test_a_cell_reads_as_people_see_it(value: object, text: str) -> None:
    assert read(book(HEADER, ("温泉花园", value)))[0][1]["code"] == text


def test_a_sheet_of_faults_takes_no_longer_than_its_length() -> None:
    """The test's own time limit is far from what a line costs, and near if each read the rest."""
    rows = 20_000
    content = ("小区,区划代码,备注\n" + "=1,=1,=1\n" * rows).encode()
    assert len(faults(content, rows=rows)) == 3 * rows


def test_headings_forgive_what_offices_do_to_them() -> None:
    header = ("区划代码*", " 小 区 ", None, "备註".replace("註", "注"))
    assert read(book(header, ("421202", "温泉花园", None, "x")))[0][1]["remark"] == "x"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (("小区",), {"missing": ["区划代码"], "unknown": [], "twice": []}),
        (("小区", "区划代码", "说明"), {"missing": [], "unknown": ["说明"], "twice": []}),
        (("小区", "区划代码", "小区"), {"missing": [], "unknown": [], "twice": ["小区"]}),
    ],
)
def test_headings_that_are_not_the_template_s(
    header: tuple[str, ...], told: dict[str, Any]
) -> None:
    with pytest.raises(HeaderNotUnderstood) as refused:
        read(book(header, ("a", "b", "c")))
    assert refused.value.details == told


def test_every_fault_is_told_with_its_row_and_heading() -> None:
    """A formula is never computed, also where the file holds its result."""
    content = book(
        HEADER,
        ("=1+1", "421202"),
        ("温泉花园", "#REF!", "x" * 1001),
        (None, "421202"),
        ("桂语雅苑", "421202", None, "多"),
        ("好的", "421202"),
    )
    assert faults(content) == [
        (2, "小区", "SHEET_CELL_IS_FORMULA"),
        (3, "区划代码", "SHEET_CELL_IS_ERROR"),
        (3, "备注", "SHEET_CELL_TOO_LONG"),
        (4, "小区", "SHEET_CELL_MISSING"),
        (5, None, "SHEET_CELL_OUTSIDE_COLUMNS"),
    ]
    with pytest.raises(SheetHasFaults) as refused:
        read(content)
    assert (refused.value.details["rows"], refused.value.details["faulty"]) == (5, 4)
    first = refused.value.details["errors"][0]
    assert first.keys() == {"row", "field", "code", "title", "detail"}


def test_a_formula_in_a_text_is_a_fault_and_a_telephone_number_is_not() -> None:
    assert faults("小区,区划代码\n=cmd|' /C calc'!A0,1\n+86 715,-5\n".encode()) == [
        (2, "小区", "SHEET_CELL_IS_FORMULA")
    ]


def test_characters_that_are_no_text() -> None:
    assert faults("小区,区划代码\n温\x07泉,1\n".encode()) == [(2, "小区", "SHEET_CELL_NOT_TEXT")]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", SheetEmpty),
        ("小区,区划代码\n".encode(), SheetEmpty),
        (b"PK\x03\x04 and nothing more", SheetDamaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", NotASheet),
        ("小区,区划代码\n".encode("utf-16"), SheetEncodingUnknown),
        (b"\xff\xff\xff\xff", SheetEncodingUnknown),
        ('小区,区划代码\n"温泉"花园,1\n'.encode(), SheetDamaged),
    ],
)
def test_what_is_no_sheet(content: bytes, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        read(content)


@pytest.mark.parametrize("limit", [{"rows": 1}, {"columns": 2}, {"unpacked": 5_000}, {"parts": 3}])
def test_limits(limit: dict[str, int]) -> None:
    content = book(HEADER, ("a", "1"), ("b", "2"))
    with pytest.raises(SheetTooLarge) as refused:
        read(content, **limit)
    assert refused.value.details == {"limit": next(iter(limit))}


def test_a_zip_bomb_is_refused_before_it_is_inflated() -> None:
    bomb = with_parts(book(HEADER), {SHEET: b" " * 40_000_000})
    assert len(bomb) < 60_000
    with pytest.raises(SheetTooLarge):
        read(bomb)


def test_a_bomb_that_declares_a_small_size_is_damaged() -> None:
    bomb = with_parts(book(HEADER), {SHEET: b" " * 40_000_000})
    honest, lie = (40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    with pytest.raises(SheetDamaged):
        read(bomb.replace(honest, lie))


@pytest.mark.parametrize("name", [SHEET, "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_not_expanded(name: str) -> None:
    content = book(HEADER, ("a", "1"))
    head = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    old = part(content, name).removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>")
    with pytest.raises(SheetDamaged):
        read(with_parts(content, {name: head + old}))


def test_a_row_that_lies_far_below_costs_little() -> None:
    """A gap of a million rows, a row beyond every workbook, a cell in the last column."""
    content = book(HEADER, ("温泉花园", "421202"))
    rows = b'<row r="1048570"><c r="A1048570" t="inlineStr"><is><t>far</t></is></c></row>'
    rows += b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    content = with_parts(content, {SHEET: part(content).replace(b"</sheetData>", rows)})
    assert [number for number, _ in read(content)] == [2, 1048570]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for head in (b"", "小区,区划代码\n".encode(), b"PK\x03\x04"):
        with suppress(DomainError):
            read(head + content)
