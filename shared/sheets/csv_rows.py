"""The rows of a CSV text, in UTF-8 as programs write it or in GBK as Chinese offices do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from shared.errors import DomainError
from shared.sheets.cells import unguarded
from shared.sheets.refusals import (
    NotASheet,
    SheetCellIsFormula,
    SheetDamaged,
    SheetEncodingUnknown,
)

FORMULA = ("=", "＝")
WIDE = (b"\xff\xfe", b"\xfe\xff")

Cell = str | DomainError


def csv_rows(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """Numbered from 1, as the office program shows them. Raises a refusal."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        for number, row in enumerate(reader, 1):
            yield number, [_cell(value.strip()) for value in row]
    except csv.Error:
        raise SheetDamaged from None


def _cell(value: str) -> Cell:
    return SheetCellIsFormula() if value.startswith(FORMULA) else unguarded(value)


def _decoded(content: bytes) -> str:
    """Raises SheetEncodingUnknown or NotASheet."""
    if content.startswith(WIDE):
        raise SheetEncodingUnknown
    if b"\x00" in content:
        raise NotASheet
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetEncodingUnknown
