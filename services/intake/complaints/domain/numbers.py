"""Complaint numbers: SQ, county, day and a running number (facts 2.10)."""

from __future__ import annotations

from datetime import date, datetime

from shared.clock import BEIJING
from shared.divisions import COUNTY_DIGITS


def county_of(division: str) -> str:
    return division[:COUNTY_DIGITS]


def day_of(moment: datetime) -> date:
    """The calendar day in Beijing, where numbers begin anew."""
    return moment.astimezone(BEIJING).date()


def complaint_number(county: str, day: date, running: int) -> str:
    """E.g. SQ421202-20260302-00017; a sixth digit is used when five do not suffice."""
    return f"SQ{county}-{day:%Y%m%d}-{running:05d}"
