"""Worklists: every one starts from `visible_to(actor)`, in the order of a keyset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select, tuple_, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Case
from services.routing.clocks.domain.promises import NEVER
from services.routing.desks.domain.filters import Sort, WorkFilter
from services.routing.desks.lanes import Lane, lanes_of
from services.routing.desks.narrowing import narrowed
from shared.contracts.vocabulary import Grade
from shared.identity import Actor
from shared.web.paging import CursorInvalid, cursor_key

Key = tuple[Any, ...]

GRAVEST_FIRST = (Grade.MAJOR, Grade.MEDIUM, Grade.SMALL, None)
KEYS = {
    Sort.DUE: (datetime.fromisoformat, UUID),
    Sort.ACCEPTED: (UUID,),
    Sort.GRADE: (int, datetime.fromisoformat, UUID),
}


def key_of(case: Case, sort: Sort) -> Key:
    """Where the case stands in that order; the cursor of a page is the key of its last line."""
    if sort is Sort.ACCEPTED:
        return (str(case.id),)
    due = ((case.next_due_at or NEVER).isoformat(), str(case.id))
    return due if sort is Sort.DUE else (GRAVEST_FIRST.index(case.degree), *due)


async def worklist(
    session: AsyncSession,
    actor: Actor,
    filters: WorkFilter,
    sort: Sort,
    *,
    after: Key | None,
    limit: int,
) -> Sequence[Case]:
    """The next `limit` cases. Raises CursorInvalid."""
    place = None if after is None else _place(after, sort)
    wanted = _Wanted(actor, filters, limit)
    if sort is Sort.ACCEPTED:
        return await _first(session, wanted, _newest(place))
    if sort is Sort.DUE:
        return await _first(session, wanted, _due(place))
    return await _by_grade(session, wanted, place)


@dataclass(frozen=True)
class _Wanted:
    actor: Actor
    filters: WorkFilter
    limit: int

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        return (visible_to(self.actor), *narrowed(self.actor, self.filters))


@dataclass(frozen=True)
class _Order:
    """`keys` of a lane, all of them downwards or all upwards; what comes `after` is wanted."""

    keys: Callable[[Lane], tuple[Any, ...]]
    after: Key | None
    downwards: bool = False

    def part(self, lane: Lane) -> Select[Any]:
        keys = self.keys(lane)
        part = lane.rows(*(key.label(f"key{place}") for place, key in enumerate(keys)))
        if self.after is not None:
            reached = tuple_(*map(literal, self.after))
            part = part.where(
                tuple_(*keys) < reached if self.downwards else tuple_(*keys) > reached
            )
        return part.order_by(*map(self.directed, keys))

    def directed(self, key: Any) -> Any:
        return key.desc() if self.downwards else key


def _place(after: Key, sort: Sort) -> Key:
    place = cursor_key(after, *KEYS[sort])
    if any(isinstance(part, datetime) and part.tzinfo is None for part in place):
        raise CursorInvalid
    return place


def _newest(after: Key | None) -> _Order:
    return _Order(lambda lane: (lane.id,), after, downwards=True)


def _due(after: Key | None) -> _Order:
    return _Order(lambda lane: (lane.due, lane.id), after)


async def _by_grade(session: AsyncSession, wanted: _Wanted, after: Key | None) -> Sequence[Case]:
    """Grade after grade until the page is full; an index leads to each of them."""
    reached = 0 if after is None else after[0]
    found: list[Case] = []
    for rank, grade in enumerate(GRAVEST_FIRST):
        if rank < reached or len(found) == wanted.limit:
            continue
        place = after[1:] if after is not None and rank == reached else None
        rest = replace(wanted, limit=wanted.limit - len(found))
        graded = col(Case.grade).is_(None) if grade is None else col(Case.grade) == grade
        found += await _first(session, rest, _due(place), graded)
    return found


async def _first(
    session: AsyncSession, wanted: _Wanted, order: _Order, *further: ColumnElement[bool]
) -> Sequence[Case]:
    """The first of every lane, and of those the first."""
    lanes = lanes_of(wanted.actor, wanted.filters)
    asked = (*wanted.conditions, *further)
    parts = [order.part(lane).where(*asked).limit(wanted.limit) for lane in lanes]
    if not parts:
        return []
    first = (union(*parts) if len(parts) > 1 else parts[0]).subquery()
    *_, id = keys = list(first.c)
    rows = await session.execute(
        select(Case)
        .join(first, id == col(Case.id))
        .order_by(*map(order.directed, keys))
        .limit(wanted.limit)
    )
    return rows.scalars().all()
