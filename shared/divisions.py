"""Codes of the statistical divisions (D13): each is the beginning of those below it."""

from __future__ import annotations

CITY_DIGITS = 4
COUNTY_DIGITS = 6  # county, district or county-level city
STREET_DIGITS = 9  # street or township
COMMUNITY_DIGITS = 12  # a grid's code is longer still
