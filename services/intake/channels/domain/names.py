"""Estates and buildings by the names that people use, instead of our ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BRACKETS = re.compile(r"\([^()]*\)")
_ESTATE = re.compile(r"(?:住宅)?小区$")
_BUILDING = re.compile(r"^第|号?[栋幢座楼]$|号$")
LONGEST_PLACE = 200


def plain_estate(name: str) -> str:
    """Without blanks, brackets and 小区: 温泉花园 小区 is 温泉花园（演示）."""
    return _ESTATE.sub("", _BRACKETS.sub("", _half_width(name)))


def plain_building(number: str) -> str:
    """3 of 3栋, 3号楼 and 第3幢."""
    plain = _half_width(number)
    while (shorter := _BUILDING.sub("", plain)) != plain:
        plain = shorter
    return plain


def place_words(*parts: str | None) -> str | None:
    """What was said about the place, in one line as long as a complaint keeps."""
    said = " ".join(dict.fromkeys(part for part in parts if part))
    return said[:LONGEST_PLACE] or None


def only(found: Iterable[str], wanted: str) -> int | None:
    """The position of the one that is meant; None when none is, or several are."""
    positions = [position for position, plain in enumerate(found) if plain == wanted]
    return positions[0] if len(positions) == 1 else None


def _half_width(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
