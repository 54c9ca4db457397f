"""Sheets that offices send and take: CSV and XLSX into rows with a report, rows into XLSX or CSV.

Reading never computes: a formula is a fault of its row. Writing never lets a text become one.
"""

from __future__ import annotations

from shared.sheets import parser as parser  # before the first import of openpyxl
from shared.sheets.columns import Column, HeaderNotUnderstood
from shared.sheets.limits import USUAL, Limits
from shared.sheets.reading import Sheet, SheetRow, read_sheet
from shared.sheets.refusals import (
    NotASheet,
    SheetCellTooLong,
    SheetDamaged,
    SheetEmpty,
    SheetEncodingUnknown,
    SheetTooLarge,
)
from shared.sheets.report import Fault, Report, SheetHasFaults
from shared.sheets.writing import XlsxWriter, csv_line, csv_lines

__all__ = [
    "USUAL",
    "Column",
    "Fault",
    "HeaderNotUnderstood",
    "Limits",
    "NotASheet",
    "Report",
    "Sheet",
    "SheetCellTooLong",
    "SheetDamaged",
    "SheetEmpty",
    "SheetEncodingUnknown",
    "SheetHasFaults",
    "SheetRow",
    "SheetTooLarge",
    "XlsxWriter",
    "csv_line",
    "csv_lines",
    "read_sheet",
]
