"""A sheet that was uploaded, as rows under known headings, with what is wrong so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shared.errors import DomainError
from shared.sheets.cells import NO_TEXT
from shared.sheets.columns import Column, placed
from shared.sheets.csv_rows import csv_rows
from shared.sheets.limits import USUAL, Limits
from shared.sheets.refusals import (
    SheetCellMissing,
    SheetCellNotText,
    SheetCellOutsideColumns,
    SheetCellTooLong,
    SheetEmpty,
    SheetTooLarge,
)
from shared.sheets.report import Report
from shared.sheets.xlsx_rows import xlsx_rows

ZIP = b"PK\x03\x04"

Cells = Sequence[str | DomainError]


@dataclass(frozen=True)
class SheetRow:
    """`number` is the one that the office program shows; `cells` has every column's key."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells[key]


@dataclass
class Sheet:
    """`rows` are those without a fault so far; whoever judges their meaning adds to `report`."""

    columns: Sequence[Column]
    rows: list[SheetRow] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    size: int = 0

    def fault(self, row: SheetRow, key: str | None, error: DomainError) -> None:
        heading = next((each.chinese for each in self.columns if each.key == key), None)
        self.report.add(row.number, heading, error)

    def refuse_faults(self) -> None:
        """Raises SheetHasFaults."""
        self.report.refuse_faults(self.size)


def read_sheet(content: bytes, columns: Sequence[Column], limits: Limits = USUAL) -> Sheet:
    """The format is known by the content, not by a name. Takes its time: call it in a thread.

    Raises NotASheet, SheetEncodingUnknown, SheetDamaged, SheetEmpty, SheetTooLarge or
    HeaderNotUnderstood.
    """
    rows = xlsx_rows(content, limits) if content.startswith(ZIP) else csv_rows(content)
    filled = ((number, cells) for number, cells in rows if any(cells))
    places = placed(_header(filled, limits), columns)
    sheet = Sheet(columns)
    for number, cells in filled:
        sheet.size += 1
        if sheet.size > limits.rows:
            raise SheetTooLarge(limit="rows")
        _take(sheet, number, cells, places, limits)
    if not sheet.size:
        raise SheetEmpty
    return sheet


def _header(rows: Iterator[tuple[int, Cells]], limits: Limits) -> list[str]:
    _, cells = next(rows, (0, ()))
    if not cells:
        raise SheetEmpty
    header = [cell if isinstance(cell, str) else cell.code for cell in cells]
    if sum(map(bool, header)) > limits.columns:
        raise SheetTooLarge(limit="columns")
    return [name[: limits.characters] for name in header]


def _take(
    sheet: Sheet, number: int, cells: Cells, places: Mapping[int, Column], limits: Limits
) -> None:
    """The row, unless one of its cells is at fault."""
    taken = dict.fromkeys((column.key for column in sheet.columns), "")
    for place, cell in enumerate(cells):
        column = places.get(place)
        error = _error(cell, column, limits)
        if error is not None:
            sheet.report.add(number, column.chinese if column else None, error)
        elif column is not None and isinstance(cell, str):
            taken[column.key] = cell
    for column in sheet.columns:
        if column.filled and not taken[column.key] and number not in sheet.report.faulty_rows:
            sheet.report.add(number, column.chinese, SheetCellMissing())
    if number not in sheet.report.faulty_rows:
        sheet.rows.append(SheetRow(number, taken))


def _error(cell: str | DomainError, column: Column | None, limits: Limits) -> DomainError | None:
    if isinstance(cell, DomainError):
        return cell
    if column is None:
        return SheetCellOutsideColumns() if cell else None
    if len(cell) > limits.characters:
        return SheetCellTooLong(limit=limits.characters)
    return SheetCellNotText() if NO_TEXT.search(cell) else None
