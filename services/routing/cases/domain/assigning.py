"""Dispatch by map: which units a case goes to (T10; B07, B09, B10, B19, A01, A13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    """An organisation as a case can be sent to it; `kind` is what trials count by."""

    id: UUID
    name: str
    end: End = End.CENTRE
    kind: str = ""


@dataclass(frozen=True)
class Surroundings:
    """Who is there for a place at a moment; workers in the order in which they are asked.

    `higher_centre` is the county's, else the city's: it stands in for a street without a centre.
    """

    division: str
    estate_name: str
    grid_code: str | None = None
    community: Seat | None = None
    workers: tuple[Person, ...] = ()
    leader: Person | None = None
    street_centre: Seat | None = None
    company: Seat | None = None
    higher_centre: Seat | None = None

    @property
    def centre(self) -> Seat | None:
        return self.street_centre or self.higher_centre

    @property
    def place_known(self) -> bool:
        """Of an estate that the directory does not know, only the street is."""
        return self.community is not None

    @property
    def place_code(self) -> str:
        return self.grid_code or self.division


@dataclass(frozen=True)
class Draft:
    """A unit before it is written down, with what chose it and why; no person is named there."""

    organisation_id: UUID
    end: End
    role: str
    display_name: str
    person_id: UUID | None = None
    kind: str = ""
    chosen_by: str = ""
    reason: str = ""


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
    """The due matrix of the rulebook, where no rule of a centre applies; the lead first.

    Raises NoUnitForPlace.
    """
    lead = _lead_by_map(rulebook, category, grade, around, frozenset(parties))
    return (lead, *helpers_by_map(rulebook, category, grade, around))


def helpers_by_map(
    rulebook: Rulebook, category: str, grade: Grade, around: Surroundings
) -> tuple[Draft, ...]:
    """The community and the company, as far as they take part."""
    missed = _misses_company(rulebook, category, around)
    community = _community_helper(around, grade, missed=missed)
    company = _company(rulebook, category, around)
    return tuple(unit for unit in (community, company) if unit is not None)


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


def community_leads(around: Surroundings) -> Iterator[tuple[str, Draft, Person]]:
    """Whom the community would name, in the order in which they are asked."""
    if around.community is None:
        return
    for person in around.workers:
        yield "网格员", _at_community(around.community, person, End.COMMUNITY), person
    if around.leader is not None:
        yield "网格长", _at_community(around.community, around.leader, End.GRID), around.leader


def centre_draft(centre: Seat) -> Draft:
    return Draft(centre.id, End.CENTRE, LEAD, centre.name, kind=centre.kind)


def _lead_by_map(
    rulebook: Rulebook,
    category: str,
    grade: Grade,
    around: Surroundings,
    parties: frozenset[UUID],
) -> Draft:
    chosen_by = f"rulebook:grades.{grade}.handler"
    why = f"{rulebook.grades[grade].chinese}按规则册办理"
    if grade is Grade.SMALL:
        if _misses_company(rulebook, category, around):
            why += "；小区无物业服务企业，由街道处置、社区参与"
        else:
            for words, draft, person in community_leads(around):
                if person.interests.isdisjoint(parties):
                    return replace(draft, chosen_by=chosen_by, reason=f"{why}，由{words}承办")
                why += f"；{words}应当回避"
    return replace(_centre_lead(around), chosen_by=chosen_by, reason=why + _by_centre(around))


def _misses_company(rulebook: Rulebook, category: str, around: Surroundings) -> bool:
    """X29: what the company would have to do, in an estate that has none."""
    known = around.community is not None
    return known and around.company is None and rulebook.category(category).lead == "COMPANY"


def _by_centre(around: Surroundings) -> str:
    if around.street_centre is None:
        return "；街道未设综治中心，由上级综治中心承接"
    return "，由街道综治中心承办"


def _at_community(community: Seat, person: Person, end: End) -> Draft:
    return Draft(community.id, end, LEAD, community.name, person.id, community.kind)


def _centre_lead(around: Surroundings) -> Draft:
    if around.centre is None:
        raise NoUnitForPlace(division=around.division)
    return centre_draft(around.centre)


def _community_helper(around: Surroundings, grade: Grade, *, missed: bool) -> Draft | None:
    """Above SMALL the community helps (B05), and where a company is missed it acts (X29)."""
    if around.community is None or (grade is Grade.SMALL and not missed):
        return None
    return Draft(
        around.community.id,
        End.COMMUNITY,
        CO if missed else INFO,
        around.community.name,
        kind=around.community.kind,
        chosen_by="rulebook:mediation.participants",
        reason="小区无物业服务企业，社区参与处置" if missed else "社区参与",
    )


def _company(rulebook: Rulebook, category: str, around: Surroundings) -> Draft | None:
    """The company takes part; where the category table names it, it helps."""
    if around.company is None:
        return None
    row = rulebook.category(category)
    helps = "COMPANY" in (row.lead, *row.joined_by)
    return Draft(
        around.company.id,
        End.PROPERTY,
        CO if helps else INFO,
        around.company.name,
        kind=around.company.kind,
        chosen_by=f"rulebook:categories.{category}" if helps else "rulebook:mediation.participants",
        reason="类别表列明物业服务企业协办" if helps else "物业服务企业参与",
    )
