"""Why a sheet is not read at all, and what can be wrong with one of its cells."""

from __future__ import annotations

from shared.errors import Invalid, TooLarge


class NotASheet(Invalid):
    """The file is neither a CSV text nor an XLSX workbook."""

    code = "NOT_A_SHEET"
    chinese = "文件既不是 CSV 也不是 XLSX 表格。"


class SheetEncodingUnknown(Invalid):
    """The text is neither UTF-8 nor GBK."""

    code = "SHEET_ENCODING_UNKNOWN"
    chinese = "CSV 文件的编码不是 UTF-8 或 GBK。"


class SheetDamaged(Invalid):
    """The file is damaged, or holds what no office program writes."""

    code = "SHEET_DAMAGED"
    chinese = "表格文件已损坏或结构异常。"


class SheetEmpty(Invalid):
    """The sheet has no rows."""

    code = "SHEET_EMPTY"
    chinese = "表格中没有数据行。"


class SheetTooLarge(TooLarge):
    """The sheet has more rows, columns or content than we take; `limit` says of what."""

    code = "SHEET_TOO_LARGE"
    chinese = "表格超过允许的行数、列数或大小。"


class SheetCellIsFormula(Invalid):
    """The cell holds a formula; please enter the value."""

    code = "SHEET_CELL_IS_FORMULA"
    chinese = "单元格含公式，请填写数值或文字。"


class SheetCellIsError(Invalid):
    """The cell holds an error value such as #REF!."""

    code = "SHEET_CELL_IS_ERROR"
    chinese = "单元格为错误值（如 #REF!）。"


class SheetCellTooLong(Invalid):
    """The cell holds more characters than we take."""

    code = "SHEET_CELL_TOO_LONG"
    chinese = "单元格内容过长。"


class SheetCellNotText(Invalid):
    """The cell holds characters that are no text."""

    code = "SHEET_CELL_NOT_TEXT"
    chinese = "单元格含有不可识别的字符。"


class SheetCellMissing(Invalid):
    """This cell must be filled in."""

    code = "SHEET_CELL_MISSING"
    chinese = "此项必填。"


class SheetCellOutsideColumns(Invalid):
    """The cell stands under no heading."""

    code = "SHEET_CELL_OUTSIDE_COLUMNS"
    chinese = "单元格不在任何表头之下。"
