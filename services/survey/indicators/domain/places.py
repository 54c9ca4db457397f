"""Whose figures: a division, an estate, a company, and what of them a reader has (A18, A19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.divisions import CITY_DIGITS, COMMUNITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS


class Level(StrEnum):
    CITY = "CITY"
    COUNTY = "COUNTY"
    STREET = "STREET"
    COMMUNITY = "COMMUNITY"
    ESTATE = "ESTATE"
    COMPANY = "COMPANY"


DIGITS: Mapping[Level, int] = {
    Level.CITY: CITY_DIGITS,
    Level.COUNTY: COUNTY_DIGITS,
    Level.STREET: STREET_DIGITS,
    Level.COMMUNITY: COMMUNITY_DIGITS,
}


@dataclass(frozen=True)
class Place:
    """What all of these cover; none of them: everything. `division` is a prefix of digits."""

    division: str | None = None
    estate_id: UUID | None = None
    company_id: UUID | None = None


@dataclass(frozen=True)
class Reach:
    """How far a reader sees: within one of the `divisions` (None: everywhere), or of the estates
    where they are named; never a company `without` (A13).
    """

    divisions: tuple[str, ...] | None = None
    estates: frozenset[UUID] | None = None
    without: frozenset[UUID] = frozenset()


EVERYWHERE = Place()
UNLIMITED = Reach()
