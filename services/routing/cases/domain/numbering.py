"""Numbers that people read out (facts 2.10): case, mediation file, package, application."""

from __future__ import annotations

from datetime import datetime

from shared.clock import BEIJING
from shared.divisions import COUNTY_DIGITS


def case_series(division: str, at: datetime) -> str:
    """The series a case of that day and county takes its number from."""
    return f"XN{division[:COUNTY_DIGITS]}-{at.astimezone(BEIJING):%Y%m%d}"


def case_number(series: str, number: int) -> str:
    """XN421202-20260302-00017."""
    return f"{series}-{number:05d}"


def yearly_series(kind: str, at: datetime) -> str:
    return f"{kind}-{at.astimezone(BEIJING).year}"


def yearly_number(series: str, number: int) -> str:
    """PK-2026-00003 for packages, SQ-2026-00001 for applications, XY-… for agreements."""
    return f"{series}-{number:05d}"
