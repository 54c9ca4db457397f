"""The rules and offices that guide dispatch, for one place or for all places of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.routing.cases.seats import seat_of
from services.routing.directory.domain.codes import DIGITS, Level, within
from services.routing.directory.queries import KnownOrganisation, offices_over
from services.routing.dispatching.domain.deciding import NO_RULES, Guide
from services.routing.dispatching.domain.resolving import Offices
from services.routing.dispatching.domain.rules import Rule
from services.routing.dispatching.shelf import RuleShelf
from services.routing.occasion import Occasion
from shared.rulebook import Rulebook

RulesByDivision = Mapping[str, Sequence[Rule]]


async def guides_for(
    on: Occasion, divisions: Iterable[str], at: datetime | None = None
) -> Mapping[str, Guide]:
    """By street. One statement where no centre has rules; one more for the offices otherwise."""
    rules = await on.runtime.part(RuleShelf).in_force(on.session, at or on.now)
    return await guides_by(on, set(divisions), rules)


async def guide_for(on: Occasion, division: str, at: datetime | None = None) -> Guide:
    return (await guides_for(on, [division], at))[division]


async def guides_by(
    on: Occasion, divisions: Iterable[str], rules: RulesByDivision
) -> Mapping[str, Guide]:
    """The guides that these rules make, whether they are in force or only tried."""
    guiding = {each: rules_at(each, rules) for each in divisions}
    guided = [each for each, found in guiding.items() if found]
    if not guided:
        return dict.fromkeys(guiding, NO_RULES)
    named = _named(rule for found in guiding.values() for rule in found)
    known = await offices_over(on.session, guided, named)
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return {
        each: Guide(found, offices_at(each, known, named, rulebook))
        for each, found in guiding.items()
    }


def rules_at(division: str, rules: RulesByDivision) -> tuple[Rule, ...]:
    """The street's own rules first, then the county's, then the city's."""
    owners = sorted((each for each in rules if division.startswith(each)), key=len, reverse=True)
    return tuple(rule for owner in owners for rule in rules[owner])


def offices_at(
    division: str,
    known: Sequence[KnownOrganisation],
    named: frozenset[UUID],
    rulebook: Rulebook,
) -> Offices:
    """Of all that is known, what is in charge of this place."""
    own = {within(division, level): level for level in Level if len(division) >= DIGITS[level]}
    over = [each for each in known if each.division in own]
    return Offices(
        seats={(each.specialty, own[each.division]): seat_of(each) for each in over},
        named={each.id: seat_of(each) for each in known if each.id in named},
        names={each.code: each.chinese for each in rulebook.organisations},
        committee_levels=tuple(map(Level, rulebook.mediation.committee_fallback)),
    )


def _named(rules: Iterable[Rule]) -> frozenset[UUID]:
    ids = (target.organisation_id for rule in rules for target in rule.targets)
    return frozenset(id for id in ids if id is not None)
