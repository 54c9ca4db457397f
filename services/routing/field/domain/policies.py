"""Who works in the field, and who may add to its records."""

from __future__ import annotations

from dataclasses import replace

from services.routing.cases.domain.policies import (
    Standing,
    may_grade,
    may_read_handling,
    works_on,
)
from shared.errors import Forbidden
from shared.identity import Actor, Role

FIELD_ROLES = frozenset({Role.GRID_WORKER, Role.GRID_LEADER})


class FieldWorkersOnly(Forbidden):
    """This door is for grid workers and grid leaders (A02, A05)."""

    code = "FIELD_WORKERS_ONLY"
    chinese = "仅限网格员、网格长使用。"


def refuse_others(actor: Actor) -> None:
    """Raises FieldWorkersOnly."""
    if not actor.roles & FIELD_ROLES:
        raise FieldWorkersOnly


def in_the_field(actor: Actor) -> Actor:
    """Of somebody who runs a site office as well, the app shows nothing of the company (A13)."""
    return replace(actor, roles=actor.roles & FIELD_ROLES)


def supervised_places(actor: Actor) -> tuple[str, ...]:
    """A leader's list holds every case of the own grids, a worker's only what waits for it."""
    if Role.GRID_LEADER not in actor.roles:
        return ()
    return (*actor.scope.divisions, *sorted(actor.scope.grids))


def may_record(actor: Actor, standing: Standing) -> bool:
    """X22, X43: whoever works on the case, leader, street, centre; the company in no case."""
    return may_read_handling(actor, standing) and (
        works_on(actor, standing) or may_grade(actor, standing)
    )


def may_find(actor: Actor, grid_code: str | None, *parties: object) -> bool:
    """X45: in the own grid, and not against a company one belongs to (A13)."""
    if grid_code is None or not actor.roles & FIELD_ROLES:
        return False
    return actor.scope.covers_grid(grid_code) and not actor.interests & set(parties)
