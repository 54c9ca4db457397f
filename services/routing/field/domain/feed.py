"""Where somebody has got to in the feed of changes, and when to begin anew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from uuid import UUID

from services.routing.cases.domain.reach import reach_of
from shared.identity import Actor

FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Position:
    """Behind the case `id` of transaction `behind`.

    What had ended before transaction `since`, when this reader began, is not told any more.
    `reach` says how far the reader could see: with another reach everything is told anew.
    """

    since: int
    behind: int
    id: UUID
    reach: str

    @property
    def key(self) -> tuple[str | int, ...]:
        return (self.since, self.behind, str(self.id), self.reach)


def beginning(actor: Actor, horizon: int) -> Position:
    return Position(horizon, 0, FIRST, mark_of(actor))


def is_stale(position: Position, actor: Actor, horizon: int) -> bool:
    """Another grid, another stake; or a database that was restored from before the cursor."""
    return position.reach != mark_of(actor) or position.behind > horizon


def mark_of(actor: Actor) -> str:
    """Equal for the same reach."""
    described = json.dumps(asdict(reach_of(actor)), default=_plain, sort_keys=True)
    return hashlib.sha256(f"{actor.id}{described}".encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)
