"""The workbook to be filled in: the columns, and on a second sheet what they mean."""

from __future__ import annotations

from typing import IO

from services.intake.channels.letters.columns import COLUMNS
from shared.sheets import XlsxWriter

TITLE = "来信来访登记"


def template() -> IO[bytes]:
    """A heading alone: an example would be imported by somebody."""
    writer = XlsxWriter(TITLE, [column.chinese for column in COLUMNS])
    rows = [(each.chinese, "必填" if each.filled else "选填", each.explained) for each in COLUMNS]
    writer.explain("填写说明", rows)
    return writer.saved()
