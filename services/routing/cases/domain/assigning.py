"""Dispatch by map: which units a case goes to (T10; B07, B09, B10, B19, A01, A13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.routing.cases.domain.policies import CO, INFO, LEAD
from shared.contracts.vocabulary import Grade
from shared.errors import Conflict, Invalid
from shared.identity import End
from shared.rulebook import Rulebook
from shared.rulebook.sections.handling import Dispatch


class NoUnitForPlace(Conflict):
    """The directory has no street centre for this place; a dispatcher must name a unit."""

    code = "NO_UNIT_FOR_PLACE"
    chinese = "该地点未登记街道综治中心，请指定承办单位。"


class ConflictOfInterest(Invalid):
    """This person's company, committee or household is a party; `alternative` is proposed."""

    code = "CONFLICT_OF_INTEREST"
    chinese = "该人员与案件当事方有利害关系，应当回避。"


@dataclass(frozen=True)
class Person:
    """A member of staff and what that person has a stake in."""

    id: UUID
    interests: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Seat:
    """An organisation as a case can be sent to it."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Surroundings:
    """Who is there for a place at a moment; workers in the order in which they are asked."""

    division: str
    estate_name: str
    grid_code: str | None = None
    community: Seat | None = None
    workers: tuple[Person, ...] = ()
    leader: Person | None = None
    street_centre: Seat | None = None
    company: Seat | None = None

    @property
    def place_known(self) -> bool:
        """Of an estate that the directory does not know, only the street is."""
        return self.community is not None

    @property
    def place_code(self) -> str:
        return self.grid_code or self.division


@dataclass(frozen=True)
class Draft:
    """A unit before it is written down."""

    organisation_id: UUID
    end: End
    role: str
    display_name: str
    person_id: UUID | None = None


def is_automatic(dispatch: Dispatch, *, channel: str, grade: Grade | None, emergency: bool) -> bool:
    """Whether the system sends the case at once, or a dispatcher confirms first."""
    if grade is None:
        return False
    if emergency and dispatch.emergencies_at_once:
        return True
    return (
        dispatch.automatic
        and channel not in dispatch.confirmed_by_dispatcher_channels
        and grade not in dispatch.confirmed_by_dispatcher_grades
    )


def units_by_map(
    rulebook: Rulebook,
    category: str,
    grade: Grade,
    around: Surroundings,
    parties: Iterable[UUID],
) -> tuple[Draft, ...]:
    """The lead first. Raises NoUnitForPlace."""
    lead = _community_lead(around, frozenset(parties)) if grade is Grade.SMALL else None
    lead = lead or _street_lead(around)
    others = (_community_helper(around, grade), _company(rulebook, category, around))
    return (lead, *(unit for unit in others if unit is not None))


def refuse_conflict(person: Person, parties: Iterable[UUID], alternative: Draft | None) -> None:
    """Raises ConflictOfInterest (A13, X20)."""
    if person.interests.isdisjoint(parties):
        return
    raise ConflictOfInterest(
        alternative=alternative
        and {
            "organisation_id": str(alternative.organisation_id),
            "person_id": alternative.person_id and str(alternative.person_id),
            "display_name": alternative.display_name,
        }
    )


def _community_lead(around: Surroundings, parties: frozenset[UUID]) -> Draft | None:
    """The first grid worker without a stake, else the leader, else nobody (A13)."""
    if around.community is None:
        return None
    for person in around.workers:
        if person.interests.isdisjoint(parties):
            return _at_community(around.community, person, End.COMMUNITY)
    if around.leader is not None and around.leader.interests.isdisjoint(parties):
        return _at_community(around.community, around.leader, End.GRID)
    return None


def _at_community(community: Seat, person: Person, end: End) -> Draft:
    return Draft(community.id, end, LEAD, community.name, person.id)


def _street_lead(around: Surroundings) -> Draft:
    centre = around.street_centre
    if centre is None:
        raise NoUnitForPlace(division=around.division)
    return Draft(centre.id, End.CENTRE, LEAD, centre.name)


def _community_helper(around: Surroundings, grade: Grade) -> Draft | None:
    """Above SMALL the community helps (B05); it sees the case by its grid anyway."""
    if grade is Grade.SMALL or around.community is None:
        return None
    return Draft(around.community.id, End.COMMUNITY, INFO, around.community.name)


def _company(rulebook: Rulebook, category: str, around: Surroundings) -> Draft | None:
    """The company takes part; where the category table names it, it helps."""
    if around.company is None:
        return None
    row = rulebook.category(category)
    role = CO if "COMPANY" in (row.lead, *row.joined_by) else INFO
    return Draft(around.company.id, End.PROPERTY, role, around.company.name)
