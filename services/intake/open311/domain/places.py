"""Finding the estate that an address names, and how far a point is from another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

EARTH = 6_371_008.8  # metres
DECORATION = re.compile(r"[(\[【〔].*?[)\]】〕]")
BUILDING = re.compile(r"(\d+)(?:栋|幢|号楼|座|#)")
SHORTEST_NAME = 2  # characters; a single one occurs everywhere

Point = tuple[float, float]


def estate_in(address: str, estates: Iterable[tuple[UUID, str]]) -> UUID | None:
    """The one with the longest name that occurs in the address; None when two are as long."""
    words = _compact(address)
    found = [(_length_in(words, name), estate) for estate, name in estates]
    longest = max((length for length, _ in found), default=0)
    best = {estate for length, estate in found if length == longest}
    return best.pop() if longest and len(best) == 1 else None


def building_in(words: str, buildings: Iterable[tuple[UUID, str]]) -> UUID | None:
    """The building whose number the words name, as 3栋 or 3号楼, or as nothing but the number."""
    plain = _compact(words)
    named = BUILDING.search(plain)
    number = named[1] if named else plain
    known = {each.removesuffix("栋"): id for id, each in buildings}
    return known.get(number)


def metres_between(one: Point, other: Point) -> float:
    """By the great circle; points are latitude and longitude in degrees (WGS84)."""
    (latitude, longitude), (to_latitude, to_longitude) = one, other
    north = radians(to_latitude - latitude)
    east = radians(to_longitude - longitude)
    chord = sin(north / 2) ** 2 + (
        cos(radians(latitude)) * cos(radians(to_latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH * asin(sqrt(min(1.0, chord)))


def _length_in(words: str, name: str) -> int:
    """How much of the words the name is, with or without 小区 and what stands in brackets."""
    whole = _compact(name)
    bare = DECORATION.sub("", whole).removesuffix("小区")
    forms = (form for form in (whole, bare) if len(form) >= SHORTEST_NAME and form in words)
    return max((len(form) for form in forms), default=0)


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
