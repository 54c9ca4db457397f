"""Which units a case goes to: the rules of the centres in their order, then the due matrix."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.routing.cases.domain.assigning import (
    Draft,
    Surroundings,
    helpers_by_map,
    units_by_map,
)
from services.routing.dispatching.domain.resolving import (
    Offices,
    Resolution,
    resolve_helper,
    resolve_lead,
)
from services.routing.dispatching.domain.rules import Facts, Match, Rule, first_match
from shared.contracts.vocabulary import Grade
from shared.identity import End
from shared.rulebook import Rulebook


@dataclass(frozen=True)
class Guide:
    """What holds at one place: the rules of its centres, the nearest centre's first."""

    rules: tuple[Rule, ...] = ()
    offices: Offices = field(default_factory=Offices)


NO_RULES = Guide()


def decide(
    rulebook: Rulebook,
    guide: Guide,
    facts: Facts,
    around: Surroundings,
    parties: Collection[UUID],
) -> tuple[Draft, ...]:
    """The lead first, each unit with what chose it. Raises NoUnitForPlace."""
    grade = Grade(facts.grade)
    match = first_match(guide.rules, facts)
    if match is None:
        return units_by_map(rulebook, facts.category, grade, around, parties)
    lead = resolve_lead(match.rule.lead, around, guide.offices, parties)
    if lead.draft is None:
        return units_by_map(rulebook, facts.category, grade, around, parties)
    if grade is Grade.MAJOR and lead.draft.end is End.DEPARTMENT:
        return _coordinated(rulebook, facts, around, parties, match)
    named = [_chosen(match, lead), *_helpers(match, guide.offices, around, parties)]
    return _each_once((*named, *helpers_by_map(rulebook, facts.category, grade, around)))


def _coordinated(
    rulebook: Rulebook,
    facts: Facts,
    around: Surroundings,
    parties: Collection[UUID],
    match: Match,
) -> tuple[Draft, ...]:
    """B11, T21: the centre coordinates; its departments are proposed for the joint action."""
    lead, *others = units_by_map(rulebook, facts.category, Grade(facts.grade), around, parties)
    reason = f"{match.reason}；大事由综治中心统筹，联合处置按该规则提出"
    return (replace(lead, chosen_by=match.chosen_by, reason=reason), *others)


def _helpers(
    match: Match, offices: Offices, around: Surroundings, parties: Collection[UUID]
) -> list[Draft]:
    found = [resolve_helper(target, around, offices, parties) for target in match.rule.co]
    return [_chosen(match, each) for each in found if each.draft is not None]


def _chosen(match: Match, resolution: Resolution) -> Draft:
    assert resolution.draft is not None
    reason = match.reason + resolution.told()
    return replace(resolution.draft, chosen_by=match.chosen_by, reason=reason)


def _each_once(drafts: Collection[Draft]) -> tuple[Draft, ...]:
    """A unit that is named twice has the first, stronger part."""
    units: dict[UUID, Draft] = {}
    for draft in drafts:
        units.setdefault(draft.organisation_id, draft)
    return tuple(units.values())
