"""The columns of the sheet, and a line of it as a row of values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from services.routing.directory.domain.importing import PlaceRow
from shared.errors import Invalid
from shared.sheets import Column, Sheet, SheetRow

COLUMNS = (
    Column("community", "社区代码", filled=True, explained="12 位社区（村）代码"),
    Column("estate", "小区名称", filled=True, explained="2—60 字；同一社区内按名称识别"),
    Column("kind", "小区类型", filled=True, explained="新建 或 老旧"),
    Column("households", "户数", needed=False, explained="可不填；默认不少于登记的房屋数"),
    Column("building", "楼栋号", filled=True, explained="1—20 字，如 3 或 3栋"),
    Column("grid", "网格代码", filled=True, explained="15 位；新楼栋自导入之日起归该网格"),
    Column("unit", "单元", explained="仅登记楼栋时，单元、房号、面积同时留空"),
    Column("room", "房号", explained="同一楼栋、单元内不得重复"),
    Column("area", "面积", explained="平方米，大于 0，不超过 10000"),
)
KINDS = {
    "新建": "NEW",
    "新建小区": "NEW",
    "NEW": "NEW",
    "老旧": "OLD",
    "老旧小区": "OLD",
    "OLD": "OLD",
}
COMMUNITY = re.compile(r"[0-9]{12}")
GRID = re.compile(r"[0-9]{1,24}")
WHOLE = re.compile(r"[0-9]{1,6}")
DECIMAL = re.compile(r"[0-9]{1,5}(\.[0-9]{1,6})?")
MOST_HOUSEHOLDS = 100_000
LARGEST_AREA = 10_000.0
LONGEST_NUMBER = 20
NAME_LENGTHS = range(2, 61)

T = TypeVar("T")


class CommunityCodeMalformed(Invalid):
    """A community code has twelve digits."""

    code = "COMMUNITY_CODE_MALFORMED"
    chinese = "社区代码应为 12 位数字。"


class EstateNameLength(Invalid):
    """The name of an estate has 2 to 60 characters."""

    code = "ESTATE_NAME_LENGTH"
    chinese = "小区名称应为 2—60 字。"


class EstateKindUnknown(Invalid):
    """An estate is 新建 or 老旧."""

    code = "ESTATE_KIND_UNKNOWN"
    chinese = "小区类型应为“新建”或“老旧”。"


class HouseholdsMalformed(Invalid):
    """Households are a whole number up to 100000."""

    code = "HOUSEHOLDS_MALFORMED"
    chinese = "户数应为 0—100000 的整数。"


class GridCodeMalformed(Invalid):
    """A grid code is made of digits."""

    code = "GRID_CODE_MALFORMED"
    chinese = "网格代码应为数字。"


class PlaceNumberLength(Invalid):
    """Building, unit and room have at most 20 characters."""

    code = "PLACE_NUMBER_LENGTH"
    chinese = "楼栋号、单元、房号不超过 20 字。"


class AreaMalformed(Invalid):
    """An area is a number of square metres above 0, up to 10000."""

    code = "AREA_MALFORMED"
    chinese = "面积应为大于 0、不超过 10000 的数字（平方米）。"


def place_rows(sheet: Sheet) -> list[PlaceRow]:
    """The lines that can be understood; what is wrong with the others goes into the report."""
    rows = (_row(sheet, line) for line in sheet.rows)
    return [row for row in rows if row is not None]


def _row(sheet: Sheet, line: SheetRow) -> PlaceRow | None:
    faulty = False

    def taken(key: str, read: Callable[[str], T]) -> T | None:
        nonlocal faulty
        try:
            return read(line[key])
        except Invalid as error:
            sheet.fault(line, key, error)
            faulty = True
            return None

    values = {column.key: taken(column.key, READERS[column.key]) for column in COLUMNS}
    return None if faulty else PlaceRow(number=line.number, **values)  # type: ignore[arg-type]


def _community(text: str) -> str:
    if not COMMUNITY.fullmatch(text):
        raise CommunityCodeMalformed
    return text


def _estate(text: str) -> str:
    if len(text) not in NAME_LENGTHS:
        raise EstateNameLength
    return text


def _kind(text: str) -> str:
    if text.upper() not in KINDS:
        raise EstateKindUnknown
    return KINDS[text.upper()]


def _households(text: str) -> int | None:
    if not text:
        return None
    if not WHOLE.fullmatch(text) or int(text) > MOST_HOUSEHOLDS:
        raise HouseholdsMalformed
    return int(text)


def _grid(text: str) -> str:
    if not GRID.fullmatch(text):
        raise GridCodeMalformed
    return text


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise PlaceNumberLength
    return text


def _area(text: str) -> float | None:
    if not text:
        return None
    if not DECIMAL.fullmatch(text) or not 0 < float(text) <= LARGEST_AREA:
        raise AreaMalformed
    return float(text)


READERS: dict[str, Callable[[str], object]] = {
    "community": _community,
    "estate": _estate,
    "kind": _kind,
    "households": _households,
    "building": _number,
    "grid": _grid,
    "unit": _number,
    "room": _number,
    "area": _area,
}
