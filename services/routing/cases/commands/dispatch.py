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
    units_by_map,
)
from services.routing.cases.domain.grading import GradeMissing
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.policies import LEAD, may_dispatch_to
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.surroundings import surroundings
from services.routing.cases.units import replace_units
from services.routing.clocks.commands import begin_handling, follow, handed_to_enforcement
from services.routing.directory.queries import organisation_by_id, staff
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseDispatched
from shared.contracts.vocabulary import OrganisationKind
from shared.errors import Forbidden, Invalid
from shared.identity import End

END_OF = {
    OrganisationKind.COMMUNITY: End.COMMUNITY,
    OrganisationKind.COMPANY: End.PROPERTY,
    OrganisationKind.DEPARTMENT: End.DEPARTMENT,
    OrganisationKind.UTILITY: End.DEPARTMENT,
    OrganisationKind.COURT: End.COURT,
}


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
    around = await surroundings(on.session, case.estate_id, case.building_id, case.division, on.now)
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


async def _units(
    on: Occasion, file: CaseFile, around: Surroundings, wish: Wish
) -> tuple[Draft, ...]:
    by_map = _by_map(on, file, around)
    if wish == Wish():
        return by_map
    lead = await _named(on, file, wish, by_map[0])
    others = [unit for unit in by_map if unit.organisation_id != lead.organisation_id]
    return (lead, *(unit for unit in others if unit.role != LEAD))


def _by_map(on: Occasion, file: CaseFile, around: Surroundings) -> tuple[Draft, ...]:
    grade = file.case.degree
    assert grade is not None
    return units_by_map(rulebook_of(on, file), file.case.category, grade, around, file.parties)


async def _named(on: Occasion, file: CaseFile, wish: Wish, alternative: Draft) -> Draft:
    if wish.person_id is not None:
        return await _person(on, file, wish, alternative)
    assert wish.organisation_id is not None
    seat, end = await _seat(on, wish.organisation_id)
    refuse_conflict(Person(seat.id, frozenset({seat.id})), file.parties, alternative)
    return Draft(seat.id, end, LEAD, seat.name)


async def _person(on: Occasion, file: CaseFile, wish: Wish, alternative: Draft) -> Draft:
    assert wish.person_id is not None
    person = await staff(on.session, wish.person_id)
    if person is None or not person.active:
        raise UnknownUnit
    if wish.organisation_id not in (None, person.organisation_id):
        raise UnknownUnit
    refuse_conflict(Person(person.id, person.interests), file.parties, alternative)
    seat, _ = await _seat(on, person.organisation_id)
    return Draft(seat.id, person.end, LEAD, seat.name, person.id)


async def _seat(on: Occasion, id: UUID) -> tuple[Seat, End]:
    organisation = await organisation_by_id(on.session, id)
    if organisation is None or not organisation.active:
        raise UnknownUnit
    seat = Seat(organisation.id, organisation.display_name)
    return seat, END_OF.get(organisation.kind, End.CENTRE)
