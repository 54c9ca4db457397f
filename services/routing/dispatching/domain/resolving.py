"""From a desk to an organisation that exists and has no stake, every step written down.

A department that a county lacks is the city's; where neither exists, the centre of the street or
county keeps the case: nothing goes to a wrong department (A01). A committee is looked for along the
rulebook's levels (U10). Whoever has a stake is passed over for the next (A13, X20).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.routing.cases.domain.assigning import (
    Draft,
    Seat,
    Surroundings,
    community_leads,
)
from services.routing.cases.domain.policies import CO, LEAD
from services.routing.directory.domain.codes import Level
from services.routing.dispatching.domain.targets import Desk, Target
from services.routing.dispatching.domain.words import LEVEL_WORDS, desk_words
from shared.contracts.vocabulary import OrganisationKind as Kind

CENTRE, COMMITTEE = "GOVERNANCE_CENTRE", "MEDIATION_COMMITTEE"
UPWARDS = (Level.STREET, Level.COUNTY, Level.CITY)
MISSING, STAKE = "未设", "应当回避"

# Where each desk is looked for, nearest first; a committee's levels are the rulebook's (U10).
PLACES: Mapping[Desk, tuple[tuple[str, Level], ...]] = {
    Desk.STREET_OFFICE: (
        (Kind.STREET_PROPERTY_OFFICE.value, Level.STREET),
        ("STREET", Level.STREET),
    ),
    Desk.STREET_CENTRE: tuple((CENTRE, level) for level in UPWARDS),
    Desk.COUNTY_CENTRE: ((CENTRE, Level.COUNTY), (CENTRE, Level.CITY)),
    Desk.CITY_CENTRE: ((CENTRE, Level.CITY),),
}
HUB = PLACES[Desk.STREET_CENTRE]
DEPARTMENT_LEVELS = (Level.COUNTY, Level.CITY)


@dataclass(frozen=True)
class Offices:
    """What the directory has over one place, by specialty and level, and what rules name by id.

    `names` are the rulebook's words for specialties.
    """

    seats: Mapping[tuple[str, Level], Seat] = field(default_factory=dict)
    named: Mapping[UUID, Seat] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    committee_levels: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Option:
    """Somebody who could be asked; `stakes` are what that unit or person has an interest in."""

    words: str
    draft: Draft | None
    stakes: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Resolution:
    """`passed` are those who were not there or had a stake, in order."""

    draft: Draft | None
    passed: tuple[str, ...] = ()

    def told(self) -> str:
        return "".join(f"；{each}" for each in self.passed)


def resolve_lead(
    target: Target, around: Surroundings, offices: Offices, parties: Collection[UUID]
) -> Resolution:
    """Ends at the centres, which never refuse; None where the directory has not even these."""
    named = _options(target, around, offices)
    return _first((*named, *_hub(target, offices)), parties, LEAD)


def resolve_helper(
    target: Target, around: Surroundings, offices: Offices, parties: Collection[UUID]
) -> Resolution:
    """Nobody stands in for a helper of another kind: it helps, or it is left out."""
    return _first(_options(target, around, offices), parties, CO)


def _first(options: Collection[Option], parties: Collection[UUID], role: str) -> Resolution:
    passed: list[str] = []
    for option in options:
        if option.draft is None:
            passed.append(f"{option.words}{MISSING}")
        elif not option.stakes.isdisjoint(parties):
            passed.append(f"{option.words}{STAKE}")
        else:
            return Resolution(replace(option.draft, role=role), tuple(passed))
    return Resolution(None, tuple(passed))


def _options(target: Target, around: Surroundings, offices: Offices) -> tuple[Option, ...]:
    match target.desk:
        case Desk.COMMUNITY:
            return tuple(_of_community(around))
        case Desk.COMPANY:
            return (_seated(desk_words(target.desk), around.company),)
        case Desk.ORGANISATION:
            named = offices.named.get(UUID(target.detail))
            return (_seated(named.name if named else desk_words(target.desk), named),)
        case Desk.DEPARTMENT:
            name = offices.names.get(target.detail, target.detail)
            places = tuple((target.detail, level) for level in DEPARTMENT_LEVELS)
            return tuple(_office(place, name, offices) for place in places)
        case Desk.COMMITTEE:
            places = tuple((COMMITTEE, level) for level in offices.committee_levels)
        case _:
            places = PLACES[target.desk]
    return tuple(_office(place, desk_words(target.desk), offices) for place in places)


def _hub(target: Target, offices: Offices) -> Iterator[Option]:
    """The centres that keep what nobody else can take, unless they were asked already."""
    for place in HUB:
        if place not in PLACES.get(target.desk, ()):
            yield _office(place, desk_words(Desk.STREET_CENTRE), offices)


def _of_community(around: Surroundings) -> Iterator[Option]:
    for words, draft, person in community_leads(around):
        yield Option(words, draft, person.interests)
    if around.community is None:
        yield Option("社区", None)


def _office(place: tuple[str, Level], words: str, offices: Offices) -> Option:
    return _seated(f"{LEVEL_WORDS[place[1]]}{words}", offices.seats.get(place))


def _seated(words: str, seat: Seat | None) -> Option:
    if seat is None:
        return Option(words, None)
    draft = Draft(seat.id, seat.end, LEAD, seat.name, kind=seat.kind)
    return Option(words, draft, frozenset({seat.id}))
