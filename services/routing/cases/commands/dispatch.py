"""T10: the first dispatch, by map or to a unit that a dispatcher names."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.assigning import (
    Draft,
    Person,
    Seat,
    Surroundings,
    refuse_conflict,
)
from services.routing.cases.domain.grading import GradeMissing
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.policies import LEAD, may_dispatch_to
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.seats import seat_of
from services.routing.cases.surroundings import surroundings
from services.routing.cases.units import replace_units
from services.routing.clocks.commands import begin_handling, follow, handed_to_enforcement
from services.routing.directory.queries import organisation_by_id, staff
from services.routing.dispatching.domain.deciding import decide
from services.routing.dispatching.facts import facts_of
from services.routing.dispatching.guides import guide_for
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseDispatched
from shared.errors import Forbidden, Invalid
from shared.identity import End

BY_DISPATCHER = "dispatcher", "调度员指定"  # chosen_by and reason


class UnknownUnit(Invalid):
    """The directory has no such active organisation or person."""

    code = "UNKNOWN_UNIT"
    chinese = "通讯录中没有这个在用的机构或人员。"


class BeyondYourCommunity(Forbidden):
    """A grid leader dispatches within the community only."""

    code = "BEYOND_YOUR_COMMUNITY"
    chinese = "网格长只能在本社区内派单。"


@dataclass(frozen=True)
class Wish:
    """The unit a dispatcher names; nothing named means dispatch by map."""

    organisation_id: UUID | None = None
    person_id: UUID | None = None


async def dispatch(on: Occasion, file: CaseFile, wish: Wish) -> None:
    """Raises GradeMissing, UnknownUnit, ConflictOfInterest, NoUnitForPlace, BeyondYourCommunity."""
    case, grade = file.case, file.case.degree
    if grade is None:
        raise GradeMissing
    around = await _around(on, file)
    drafts = await _units(on, file, around, wish)
    own = around.community is not None and drafts[0].organisation_id == around.community.id
    if not may_dispatch_to(on.actor, file.standing, own_community=own):
        raise BeyondYourCommunity
    move(on, file, Action.DISPATCH)
    replace_units(on, file, drafts)
    case.first_dispatch_at = on.now
    await follow(on, file, Action.DISPATCH)
    await begin_handling(on, file, grade)
    if drafts[0].end is End.DEPARTMENT:
        await handed_to_enforcement(on, file)
    await tell(on, file, CaseDispatched)


async def chosen_units(on: Occasion, file: CaseFile, wish: Wish) -> tuple[Draft, ...]:
    """The lead first. Raises UnknownUnit, ConflictOfInterest or NoUnitForPlace."""
    return await _units(on, file, await _around(on, file), wish)


async def _around(on: Occasion, file: CaseFile) -> Surroundings:
    case = file.case
    return await surroundings(on.session, case.estate_id, case.building_id, case.division, on.now)


async def _units(
    on: Occasion, file: CaseFile, around: Surroundings, wish: Wish
) -> tuple[Draft, ...]:
    by_rule = await _by_rule(on, file, around)
    if wish == Wish():
        return by_rule
    lead = await _named(on, file, wish, by_rule[0])
    others = [unit for unit in by_rule if unit.organisation_id != lead.organisation_id]
    return (lead, *(unit for unit in others if unit.role != LEAD))


async def _by_rule(on: Occasion, file: CaseFile, around: Surroundings) -> tuple[Draft, ...]:
    guide = await guide_for(on, around.division)
    facts = facts_of(file.case, around.place_code, on.now)
    return decide(rulebook_of(on, file), guide, facts, around, file.parties)


async def _named(on: Occasion, file: CaseFile, wish: Wish, alternative: Draft) -> Draft:
    if wish.person_id is not None:
        return await _person(on, file, wish, alternative)
    assert wish.organisation_id is not None
    seat = await named_seat(on, wish.organisation_id)
    refuse_conflict(Person(seat.id, frozenset({seat.id})), file.parties, alternative)
    return Draft(seat.id, seat.end, LEAD, seat.name, None, seat.kind, *BY_DISPATCHER)


async def _person(on: Occasion, file: CaseFile, wish: Wish, alternative: Draft) -> Draft:
    assert wish.person_id is not None
    person = await staff(on.session, wish.person_id)
    if person is None or not person.active:
        raise UnknownUnit
    if wish.organisation_id not in (None, person.organisation_id):
        raise UnknownUnit
    interests = person.interests | {person.id}
    refuse_conflict(Person(person.id, interests), file.parties, alternative)
    seat = await named_seat(on, person.organisation_id)
    return Draft(seat.id, person.end, LEAD, seat.name, person.id, seat.kind, *BY_DISPATCHER)


async def named_seat(on: Occasion, id: UUID) -> Seat:
    """An organisation in use, as a case can be sent to it. Raises UnknownUnit."""
    organisation = await organisation_by_id(on.session, id)
    if organisation is None or not organisation.active:
        raise UnknownUnit
    return seat_of(organisation)
