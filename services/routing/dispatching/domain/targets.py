"""Whom a rule names: a desk of the place, a department of it, or one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Desk(StrEnum):
    """Found anew at every place; DEPARTMENT with its specialty, ORGANISATION with its id."""

    COMMUNITY = "COMMUNITY"
    STREET_OFFICE = "STREET_OFFICE"
    STREET_CENTRE = "STREET_CENTRE"
    COUNTY_CENTRE = "COUNTY_CENTRE"
    CITY_CENTRE = "CITY_CENTRE"
    COMMITTEE = "COMMITTEE"
    COMPANY = "COMPANY"
    DEPARTMENT = "DEPARTMENT"
    ORGANISATION = "ORGANISATION"


@dataclass(frozen=True)
class Target:
    desk: Desk
    detail: str = ""

    @classmethod
    def parse(cls, text: str) -> Target:
        """Reads what `str` wrote: STREET_CENTRE, DEPARTMENT:HOUSING, ORGANISATION:<id>."""
        desk, _, detail = text.partition(":")
        return cls(Desk(desk), detail)

    def __str__(self) -> str:
        return f"{self.desk}:{self.detail}" if self.detail else self.desk.value

    @property
    def organisation_id(self) -> UUID | None:
        return UUID(self.detail) if self.desk is Desk.ORGANISATION else None
