"""By what figures are summed: the levels of the place code, or the estate (A18, A19)."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Each level's sum is the sum of the next one's (A18)."""

    CITY = "CITY"
    COUNTY = "COUNTY"
    STREET = "STREET"
    COMMUNITY = "COMMUNITY"


DIGITS = {Level.CITY: 4, Level.COUNTY: 6, Level.STREET: 9, Level.COMMUNITY: 12}
