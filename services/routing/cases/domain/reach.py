"""How far a person can see: the one description that SQL and policies are both built on (3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from shared.identity import Actor, End, Role

if TYPE_CHECKING:
    from services.routing.cases.tables import Case

BY_DIVISION = frozenset({Role.DISPATCHER, Role.STREET_OFFICER, Role.CITY_OBSERVER, Role.ARBITER})


@dataclass(frozen=True, slots=True)
class Reach:
    """`places` are prefixes of a case's place code. Who has a stake sees no farther than the
    company itself does: `recused_from` takes a case out of every reach but the company's (A13).
    """

    everywhere: bool = False
    places: tuple[str, ...] = ()
    unit_id: UUID | None = None
    person_id: UUID | None = None
    committee_id: UUID | None = None
    companies: frozenset[UUID | None] = frozenset()
    estates: frozenset[UUID] = frozenset()
    recused_from: frozenset[UUID] = frozenset()

    def covers_place(self, code: str) -> bool:
        return code.startswith(self.places) if self.places else False

    def covers_as_company(self, case: Case) -> bool:
        return case.company_id in self.companies and case.estate_id in self.estates


def reach_of(actor: Actor) -> Reach:
    """Nothing for owners and courts: they have doors of their own."""
    if actor.end is End.SYSTEM:
        return Reach(everywhere=True)
    is_office = Role.SITE_OFFICE in actor.roles
    return Reach(
        places=_places(actor),
        unit_id=actor.organisation_id if Role.DEPARTMENT_OFFICER in actor.roles else None,
        person_id=actor.id if actor.roles & {Role.GRID_WORKER, Role.GRID_LEADER} else None,
        committee_id=actor.organisation_id if Role.MEDIATOR in actor.roles else None,
        companies=actor.interests | {actor.organisation_id} if is_office else frozenset(),
        estates=actor.scope.estates if is_office else frozenset(),
        recused_from=actor.interests,
    )


def _places(actor: Actor) -> tuple[str, ...]:
    places: tuple[str, ...] = ()
    if actor.roles & BY_DIVISION:
        places += actor.scope.divisions
    if actor.roles & {Role.GRID_WORKER, Role.GRID_LEADER}:
        places += tuple(sorted(actor.scope.grids))
    if Role.GRID_LEADER in actor.roles:
        places += actor.scope.divisions
    return tuple(dict.fromkeys(places))
