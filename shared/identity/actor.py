"""The person or system that acts: which end, which roles, over what, and where it has a stake."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class End(StrEnum):
    """The six ends (A02-A07), the hub above them (A01), and machines."""

    OWNER = "OWNER"
    PROPERTY = "PROPERTY"
    COMMUNITY = "COMMUNITY"
    GRID = "GRID"
    DEPARTMENT = "DEPARTMENT"
    COURT = "COURT"
    CENTRE = "CENTRE"
    SYSTEM = "SYSTEM"
    INTEGRATION = "INTEGRATION"


class Role(StrEnum):
    """One person may hold several (A13). Only policies compare roles."""

    OWNER = "OWNER"
    SITE_OFFICE = "SITE_OFFICE"
    GRID_WORKER = "GRID_WORKER"
    GRID_LEADER = "GRID_LEADER"
    STREET_OFFICER = "STREET_OFFICER"
    DISPATCHER = "DISPATCHER"
    DEPARTMENT_OFFICER = "DEPARTMENT_OFFICER"
    MEDIATOR = "MEDIATOR"
    COURT_CLERK = "COURT_CLERK"
    HOUSING_OFFICER = "HOUSING_OFFICER"
    CITY_OBSERVER = "CITY_OBSERVER"
    ANALYST = "ANALYST"
    ARBITER = "ARBITER"
    ADMINISTRATOR = "ADMINISTRATOR"
    STAFF_ADMINISTRATOR = "STAFF_ADMINISTRATOR"
    EVALUATOR = "EVALUATOR"
    HOTLINE = "HOTLINE"
    OPEN311 = "OPEN311"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Division-code prefixes (2 to 12 digits), estates and grid codes; empty covers nothing.

    Raises ValueError for a prefix that is not made of digits: an empty one would cover everything.
    """

    divisions: tuple[str, ...] = ()
    estates: frozenset[UUID] = frozenset()
    grids: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for prefix in self.divisions:
            if not (2 <= len(prefix) <= 12 and prefix.isascii() and prefix.isdigit()):
                raise ValueError("a division prefix has 2 to 12 digits")

    def covers_division(self, code: str) -> bool:
        """Whether a division (or a grid, whose code begins with its community's) lies within."""
        return code.startswith(self.divisions) if self.divisions else False

    def covers_estate(self, estate: UUID) -> bool:
        return estate in self.estates

    def covers_grid(self, code: str) -> bool:
        return code in self.grids or self.covers_division(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`interests` are the organisations and houses of the person, for recusal (A13, X20)."""

    id: UUID
    end: End
    roles: frozenset[Role]
    organisation_id: UUID | None = None
    scope: Scope = field(default_factory=Scope)
    session_id: UUID | None = None
    interests: frozenset[UUID] = frozenset()

    def has_interest_in(self, *parties: UUID | None) -> bool:
        """Whether one of the parties is the person's own company, committee or household."""
        return any(party in self.interests for party in parties)


SYSTEM = Actor(
    id=UUID("00000000-0000-7000-8000-000000000001"),
    end=End.SYSTEM,
    roles=frozenset({Role.SYSTEM}),
)
