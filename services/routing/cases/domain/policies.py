"""Who may do what to a case that they can see (lifecycle 3.9). Only here are roles compared.

Recusal (A13, X20) is part of every predicate: nobody acts where their own company, committee or
household is a party, except the company itself in its own answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from services.routing.cases.domain.reach import reach_of
from shared.contracts.vocabulary import Grade
from shared.divisions import COUNTY_DIGITS
from shared.identity import Actor, End, Role

if TYPE_CHECKING:
    from services.routing.cases.tables import Assignment, Case, CaseEntry

LEAD, CO, INFO = "LEAD", "CO", "INFO"
REVIEWER = "REVIEWER"
CENTRE_ROLES = frozenset({Role.DISPATCHER})
STREET_ROLES = frozenset({Role.DISPATCHER, Role.STREET_OFFICER})
OFFICE_ROLES = frozenset({Role.SITE_OFFICE, Role.STAFF_ADMINISTRATOR})
LEADER_ROLES = STREET_ROLES | {Role.GRID_LEADER}
PROPOSING_ROLES = frozenset({Role.GRID_WORKER, Role.DEPARTMENT_OFFICER})
WORKING_ROLES: Mapping[str, frozenset[Role]] = {
    End.PROPERTY: frozenset({Role.SITE_OFFICE}),
    End.COMMUNITY: frozenset({Role.GRID_WORKER, Role.GRID_LEADER}),
    End.GRID: frozenset({Role.GRID_WORKER, Role.GRID_LEADER}),
    End.DEPARTMENT: frozenset({Role.DEPARTMENT_OFFICER}),
    End.COURT: frozenset({Role.COURT_CLERK}),
    End.CENTRE: STREET_ROLES | {Role.MEDIATOR},
}


@dataclass(frozen=True)
class Standing:
    """What a policy judges: the case, its units now, and every party to it."""

    case: Case
    units: tuple[Assignment, ...]
    parties: frozenset[UUID]
    owner_ids: frozenset[UUID]
    submitted_by: UUID | None = None
    recused: frozenset[UUID] = frozenset()


Policy = Callable[[Actor, Standing], bool]


def may_see(actor: Actor, standing: Standing) -> bool:
    """Visible is enough."""
    return True


def may_leave(actor: Actor, standing: Standing) -> bool:
    """A13: whoever could act on the case; leaving it twice is for the command to refuse."""
    return not _only_as_company(actor, standing) and not may_observe(actor, standing)


def may_grade(actor: Actor, standing: Standing) -> bool:
    """T09, T30: the leader within the community, street and centre."""
    return is_charged(actor, standing, LEADER_ROLES)


def may_propose_grade(actor: Actor, standing: Standing) -> bool:
    """T30, 3.9: the grid workers and departments that work on the case; others decide."""
    return bool(actor.roles & PROPOSING_ROLES) and works_on(actor, standing)


def may_dispatch(actor: Actor, standing: Standing) -> bool:
    """T10: street and centre; the leader small matters within the community."""
    if standing.case.grade == Grade.SMALL:
        return is_charged(actor, standing, LEADER_ROLES)
    return is_charged(actor, standing, STREET_ROLES)


def may_dispatch_to(actor: Actor, standing: Standing, *, own_community: bool) -> bool:
    """A grid leader stays within the case's community, street and centre reach everybody."""
    return own_community or is_charged(actor, standing, STREET_ROLES)


def may_sign(actor: Actor, standing: Standing) -> bool:
    """T11: the unit that the case was dispatched to."""
    return is_assignee(actor, standing)


def may_submit(actor: Actor, standing: Standing) -> bool:
    """T24: the assignee."""
    return is_assignee(actor, standing)


def may_note(actor: Actor, standing: Standing) -> bool:
    """T14: whoever works on the case, the company in its own answer, leader, street, centre."""
    return (
        works_on(actor, standing)
        or reach_of(actor).covers_as_company(standing.case)
        or is_charged(actor, standing, LEADER_ROLES)
    )


def may_review(actor: Actor, standing: Standing) -> bool:
    """T25, T26: the desk of the grade or one above it, and never the submitter (invariant 5)."""
    return standing.submitted_by != actor.id and reviews(actor, standing)


def may_give_interim_feedback(actor: Actor, standing: Standing) -> bool:
    """CK-05: street and centre; the leader for small matters."""
    return may_dispatch(actor, standing)


def may_coordinate(actor: Actor, standing: Standing) -> bool:
    """T21, T38 to T40: street and centre."""
    return is_charged(actor, standing, STREET_ROLES)


def may_reopen(actor: Actor, standing: Standing) -> bool:
    """T32, T33: the dispatcher of street, county or city."""
    return is_charged(actor, standing, CENTRE_ROLES)


def may_observe(actor: Actor, standing: Standing) -> bool:
    """A20: reads everything of its division and changes nothing."""
    if Role.CITY_OBSERVER not in actor.roles or recused(actor, standing):
        return False
    return actor.scope.covers_division(standing.case.place_code)


def has_county_centre(actor: Actor, standing: Standing) -> bool:
    """The dispatcher of the county or the city."""
    return is_charged(actor, standing, CENTRE_ROLES) and any(
        len(prefix) <= COUNTY_DIGITS and standing.case.place_code.startswith(prefix)
        for prefix in actor.scope.divisions
    )


def may_see_identity(actor: Actor, standing: Standing, readers: Collection[str]) -> bool:
    """X15, X16: nobody knows an anonymous reporter; a confidential one only the desk that reviews
    a case of this grade, when it is among the rulebook's `readers`.
    """
    if standing.case.anonymous:
        return False
    if not standing.case.confidential:
        return True
    return REVIEWER in readers and reviews(actor, standing)


def may_read_handling(actor: Actor, standing: Standing) -> bool:
    """Why a grade was set and what a result rests on: not for the company as such."""
    return not _only_as_company(actor, standing)


def may_read_notes(actor: Actor, standing: Standing, entry: CaseEntry) -> bool:
    """The company reads its own notes and public ones; those who handle read all."""
    if not _only_as_company(actor, standing):
        return True
    return entry.actor_id == actor.id or entry.organisation_id == actor.organisation_id


def is_assignee(actor: Actor, standing: Standing) -> bool:
    return not recused(actor, standing) and any(
        unit.role == LEAD and _is_unit(actor, unit) for unit in standing.units
    )


def works_on(actor: Actor, standing: Standing) -> bool:
    """Leads or helps, as the person named or as somebody of the unit."""
    return not recused(actor, standing) and any(
        unit.role in (LEAD, CO) and _is_unit(actor, unit) for unit in standing.units
    )


def recused(actor: Actor, standing: Standing) -> bool:
    """By what the person has a stake in, or by a word on this case."""
    return actor.has_interest_in(*standing.parties) or actor.id in standing.recused


def is_owner_of(actor: Actor, standing: Standing) -> bool:
    """The reporter of one of the case's complaints."""
    return Role.OWNER in actor.roles and actor.id in standing.owner_ids


def is_charged(actor: Actor, standing: Standing, roles: frozenset[Role]) -> bool:
    """Holds one of the roles over the place of the case, without a stake in it."""
    if not actor.roles & roles or recused(actor, standing):
        return False
    code = standing.case.place_code
    if actor.roles & roles & STREET_ROLES and actor.scope.covers_division(code):
        return True
    return Role.GRID_LEADER in actor.roles & roles and actor.scope.covers_grid(code)


def reviews(actor: Actor, standing: Standing) -> bool:
    """The desk that reviews a case of this grade."""
    if standing.case.grade == Grade.MAJOR:
        return has_county_centre(actor, standing)
    if standing.case.grade == Grade.MEDIUM:
        return is_charged(actor, standing, STREET_ROLES)
    return is_charged(actor, standing, LEADER_ROLES)


def _is_unit(actor: Actor, unit: Assignment) -> bool:
    """As somebody who works there: an observer of the same department does not (A20)."""
    if not actor.roles & WORKING_ROLES.get(unit.end, frozenset()):
        return False
    if unit.person_id is not None:
        return unit.person_id == actor.id
    return unit.organisation_id == actor.organisation_id


def _only_as_company(actor: Actor, standing: Standing) -> bool:
    return Role.SITE_OFFICE in actor.roles and (
        recused(actor, standing) or actor.roles <= OFFICE_ROLES
    )
