"""Sheets that go out: no text becomes a formula, what is read back is what was written."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shared.sheets import Column, XlsxWriter, csv_lines, read_sheet

COLUMNS = (Column("name", "名称"), Column("note", "备注"))
HEADER = [column.chinese for column in COLUMNS]
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "=cmd|' /C calc'!A0"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)


def xlsx(*rows: Sequence[object]) -> bytes:
    writer = XlsxWriter("表", HEADER)
    for row in rows:
        writer.append(row)
    with writer.saved() as file:
        return file.read()


@pytest.mark.parametrize("text", ATTACKS)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    """Neither in the workbook, nor in a CSV that somebody makes of it."""
    writer = XlsxWriter("表", HEADER)
    writer.append([text, 1])
    with writer.saved() as file:
        cell = load_workbook(file).active["A2"]
        assert (cell.data_type, cell.value[0]) == ("s", "'")
    line = b"".join(csv_lines(HEADER, [[text, 1]])).decode("utf-8-sig").splitlines()[1]
    assert line.lstrip('"').startswith("'")


def test_numbers_and_days_stay_what_they_are() -> None:
    writer = XlsxWriter("表", HEADER)
    writer.append([-5, datetime(2026, 3, 2, 1, 0, tzinfo=UTC)])
    with writer.saved() as file:
        sheet = load_workbook(file).active
        assert sheet["A2"].value == -5
        assert sheet["B2"].value == datetime.fromisoformat("2026-03-02T09:00"), (
            "Beijing, which offices read"
        )
        assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_what_was_written_reads_back(rows: list[tuple[str, str]]) -> None:
    rows = [(f"x{name}".strip(), note.strip()) for name, note in rows]
    for content in (xlsx(*rows), b"".join(csv_lines(HEADER, rows))):
        sheet = read_sheet(content, COLUMNS)
        assert sheet.report.faults == []
        assert [(row["name"], row["note"]) for row in sheet.rows] == rows


@pytest.mark.parametrize("text", [text for text in ATTACKS if not text.startswith("\t")])
def test_what_was_guarded_reads_back_without_its_guard(text: str) -> None:
    for content in (xlsx([text, ""]), b"".join(csv_lines(HEADER, [[text, ""]]))):
        assert read_sheet(content, COLUMNS).rows[0]["name"] == text


def test_memory_does_not_grow_with_the_rows() -> None:
    few, many = _peak(300), _peak(6_000)
    assert many < few + 2_000_000


def _peak(rows: int) -> int:
    tracemalloc.start()
    writer = XlsxWriter("表", HEADER)
    for number in range(rows):
        writer.append([f"第 {number} 行，其内容足够长，可以看出是否留在内存里。" * 5, number])
    with writer.saved():
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
