"""Division codes: 4 digits for the city, 6 county, 9 street or township, 12 community (D13)."""

from __future__ import annotations

from enum import StrEnum

from shared.divisions import CITY_DIGITS, COMMUNITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS
from shared.errors import Invalid


class Level(StrEnum):
    CITY = "CITY"
    COUNTY = "COUNTY"
    STREET = "STREET"
    COMMUNITY = "COMMUNITY"


DIGITS = {
    Level.CITY: CITY_DIGITS,
    Level.COUNTY: COUNTY_DIGITS,
    Level.STREET: STREET_DIGITS,
    Level.COMMUNITY: COMMUNITY_DIGITS,
}
LEVELS = {digits: level for level, digits in DIGITS.items()}


class UnknownDivision(Invalid):
    """There is no such division."""

    code = "UNKNOWN_DIVISION"
    chinese = "没有这个行政区划代码。"


def level_of(code: str) -> Level:
    """Raises UnknownDivision for a text that is not 4, 6, 9 or 12 digits."""
    if not (code.isascii() and code.isdigit() and len(code) in LEVELS):
        raise UnknownDivision
    return LEVELS[len(code)]


def within(code: str, level: Level) -> str:
    """The division of `level` that contains `code`, or `code` itself when it is no smaller."""
    return code[: DIGITS[level]]


def parent_of(code: str) -> str | None:
    """The next larger division; the city has none."""
    smaller = [digits for digits in LEVELS if digits < len(code)]
    return code[: max(smaller)] if smaller else None
