"""The ways on which open cases come into somebody's sight, each of them read in order by an index.

`visible_to` joins these ways by OR, which no index answers in order. So a worklist takes the first
rows of every way, and of those the first. A lane decides how fast, never what: every one of them
asks `visible_to` as well, and all of them together leave nothing out (test_worklist.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.routing.cases.domain.policies import LEAD
from services.routing.cases.domain.reach import Reach, reach_of
from services.routing.cases.queries import lies_in
from services.routing.cases.tables import Assignment, Case
from services.routing.desks.domain.filters import WorkFilter
from services.routing.mediation.tables import Mediation
from shared.identity import Actor

AtWork = aliased(Assignment)  # `visible_to` asks for units in its own right


@dataclass(frozen=True)
class Lane:
    """`by_unit` reads the units' index, which holds the same due times as the cases'."""

    where: tuple[ColumnElement[bool], ...]
    by_unit: bool = False

    @property
    def due(self) -> Any:
        return col(AtWork.next_due_at) if self.by_unit else col(Case.next_due_at)

    @property
    def id(self) -> Any:
        return col(AtWork.case_id) if self.by_unit else col(Case.id)

    def rows(self, *columns: Any) -> Select[Any]:
        """The open cases of this lane, each once: two people of a unit may work on one case."""
        wanted = select(*columns).select_from(Case).where(col(Case.next_due_at).is_not(None))
        if self.by_unit:
            at_work = (
                col(AtWork.case_id) == col(Case.id),
                col(AtWork.ended_at).is_(None),
                col(AtWork.next_due_at).is_not(None),
            )
            wanted = wanted.join(AtWork, and_(*at_work)).distinct()
        return wanted.where(*self.where)


def lanes_of(actor: Actor, filters: WorkFilter) -> list[Lane]:
    """A filter that names a unit or a place is itself the shortest way."""
    if filters.handler is not None:
        return [_of_unit(filters.handler, col(AtWork.role) == LEAD)]
    if filters.mine or filters.unit:
        return [*_of_own_unit(actor), _of_person(actor.id)]
    return list(_of_reach(reach_of(actor), filters.place or ""))


def _of_reach(reach: Reach, place: str) -> Iterator[Lane]:
    places = ("",) if reach.everywhere else reach.places
    within = (_narrower(own, place) for own in places)
    yield from (Lane((lies_in(each),) if each else ()) for each in within if each is not None)
    if reach.unit_id is not None:
        yield _of_unit(reach.unit_id)
    if reach.person_id is not None:
        yield _of_person(reach.person_id)
    if reach.committee_id is not None:
        yield _of_committee(reach.committee_id)
    if reach.companies - {None}:
        yield from (Lane((col(Case.estate_id) == each,)) for each in sorted(reach.estates))


def _narrower(own: str, wanted: str) -> str | None:
    """The longer of two beginnings of a code, when one lies within the other."""
    longer, shorter = sorted((own, wanted), key=len, reverse=True)
    return longer if longer.startswith(shorter) else None


def _of_unit(organisation_id: UUID, *further: ColumnElement[bool]) -> Lane:
    return Lane((col(AtWork.organisation_id) == organisation_id, *further), by_unit=True)


def _of_own_unit(actor: Actor) -> list[Lane]:
    return [] if actor.organisation_id is None else [_of_unit(actor.organisation_id)]


def _of_person(person_id: UUID) -> Lane:
    return Lane((col(AtWork.person_id) == person_id,), by_unit=True)


def _of_committee(committee_id: UUID) -> Lane:
    theirs = select(col(Mediation.case_id)).where(col(Mediation.committee_id) == committee_id)
    return Lane((col(Case.id).in_(theirs),))
