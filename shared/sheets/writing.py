"""Rows into a workbook or a CSV text, as they come: memory does not grow with their number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from shared.sheets.cells import text_of, written

IN_MEMORY = 1_048_576  # bytes; a larger workbook waits on the disk
BOLD = Font(bold=True)
WIDTH = 18
BOM = "\ufeff"  # without it, office programs take UTF-8 for GBK


class XlsxWriter:
    """One sheet with a bold heading that stays in view."""

    def __init__(self, title: str, header: Sequence[str]) -> None:
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for place in range(1, len(header) + 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = WIDTH
        self._sheet.append([self._heading(name) for name in header])

    def append(self, row: Iterable[object]) -> None:
        self._sheet.append([self._cell(value) for value in row])

    def explain(self, title: str, rows: Iterable[Sequence[object]]) -> None:
        """A further sheet that is never read back: what the columns mean."""
        sheet = self._book.create_sheet(title)
        for row in rows:
            sheet.append([written(value) for value in row])

    def saved(self) -> IO[bytes]:
        """The whole workbook, to be read from its beginning; the caller closes it."""
        file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 — handed to the caller
        self._book.save(file)
        file.seek(0)
        return file

    def _heading(self, name: str) -> Any:
        cell = WriteOnlyCell(self._sheet, written(name))
        cell.font = BOLD
        return cell

    def _cell(self, value: object) -> Any:
        """A text stays a text, whatever it begins with."""
        value = written(value)
        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = "s"
        return cell


def csv_lines(header: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The lines of a CSV text that every office program reads as UTF-8."""
    yield BOM.encode()
    yield csv_line(header)
    for row in rows:
        yield csv_line(row)


def csv_line(row: Iterable[object]) -> bytes:
    """For rows that come in pieces."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow([_shown(written(value)) for value in row])
    return line.getvalue().encode()


def _shown(value: object) -> str:
    return value if isinstance(value, str) else text_of(value)
