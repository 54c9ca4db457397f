"""The rows of the first sheet of a workbook, read as a stream and never computed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from shared.errors import DomainError
from shared.sheets.cells import text_of
from shared.sheets.limits import Limits
from shared.sheets.refusals import (
    SheetCellIsError,
    SheetCellIsFormula,
    SheetDamaged,
    SheetTooLarge,
)

LAST_ROW = 1_048_576  # of any workbook; a row that claims to lie beyond is not one
# What the library lets through when a part is not what it says; entities are a ValueError, and a
# packing that zipfile does not know is a NotImplementedError.
DAMAGE = (
    zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    EOFError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip

Cell = str | DomainError


def xlsx_rows(content: bytes, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    """Numbered from 1, as the office program shows them. Raises a refusal."""
    try:
        _refuse_bomb(content, limits)
        yield from _rows(content, limits)
    except DAMAGE:
        raise SheetDamaged from None


def _rows(content: bytes, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the sheet claims of its size is not believed
        rows = sheet.iter_rows(max_row=LAST_ROW, max_col=limits.columns + 1)
        for number, row in enumerate(rows, 1):
            yield number, [_cell(cell) for cell in row]
    finally:
        book.close()


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        return SheetCellIsFormula()
    if cell.data_type == "e":
        return SheetCellIsError()
    return text_of(cell.value)


def _refuse_bomb(content: bytes, limits: Limits) -> None:
    """Before anything is inflated: a part is never read beyond the size it declares.

    Raises SheetTooLarge or SheetDamaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > limits.parts:
        raise SheetTooLarge(limit="parts")
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise SheetTooLarge(limit="unpacked")
