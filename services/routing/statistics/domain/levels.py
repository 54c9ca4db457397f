"""By what figures are summed: the levels of the place code, or the estate (A18, A19)."""

from __future__ import annotations

from enum import StrEnum

from shared.divisions import CITY_DIGITS, COMMUNITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS


class Level(StrEnum):
    """Each level's sum is the sum of the next one's (A18)."""

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
