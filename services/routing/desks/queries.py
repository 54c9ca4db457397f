"""Worklists: every one starts from `visible_to(actor)`, in the order of a keyset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, literal, select, tuple_, union
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
    asked = (visible_to(actor), *narrowed(actor, filters))
    lanes = lanes_of(actor, filters)
    parts = [part.where(*asked) for lane in lanes for part in _parts(lane, sort, place)]
    if not parts:
        return []
    first = union(*(part.limit(limit) for part in parts)).subquery()
    rows = await session.execute(
        select(Case)
        .join(first, first.c.id == col(Case.id))
        .order_by(*_order(first, sort))
        .limit(limit)
    )
    return rows.scalars().all()


def _order(first: Subquery, sort: Sort) -> Sequence[ColumnElement[Any]]:
    if sort is Sort.ACCEPTED:
        return (first.c.id.desc(),)
    return (first.c.rank, first.c.due, first.c.id)


def _place(after: Key, sort: Sort) -> Key:
    place = cursor_key(after, *KEYS[sort])
    if any(isinstance(part, datetime) and part.tzinfo is None for part in place):
        raise CursorInvalid
    return place


def _parts(lane: Lane, sort: Sort, after: Key | None) -> Iterator[Select[Any]]:
    """What follows `after` in this lane; by grade, each grade is a part that an index leads to."""
    if sort is Sort.ACCEPTED:
        yield _newest(lane, after)
    elif sort is Sort.DUE:
        yield _due(lane, 0, after)
    else:
        yield from _by_grade(lane, after)


def _newest(lane: Lane, after: Key | None) -> Select[Any]:
    part = lane.rows(literal(0).label("rank"), lane.due.label("due"), lane.id.label("id"))
    if after is not None:
        part = part.where(lane.id < after[0])
    return part.order_by(lane.id.desc())


def _due(lane: Lane, rank: int, after: Key | None) -> Select[Any]:
    part = lane.rows(literal(rank).label("rank"), lane.due.label("due"), lane.id.label("id"))
    if after is not None:
        part = part.where(tuple_(lane.due, lane.id) > tuple_(*map(literal, after)))
    return part.order_by(lane.due, lane.id)


def _by_grade(lane: Lane, after: Key | None) -> Iterator[Select[Any]]:
    reached = 0 if after is None else after[0]
    for rank, grade in enumerate(GRAVEST_FIRST):
        if rank >= reached:
            place = after[1:] if after is not None and rank == reached else None
            yield _due(lane, rank, place).where(_graded(grade))


def _graded(grade: Grade | None) -> ColumnElement[bool]:
    return col(Case.grade).is_(None) if grade is None else col(Case.grade) == grade
