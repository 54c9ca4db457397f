"""How many cases a worklist has, by clock state, state and grade; at a bounded cost.

Up to MOST cases are counted. Of more, some pages of the table are drawn and what is in them is
scaled up: the answer then says that it is not exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select, tablesample, text, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.util import ClauseAdapter
from sqlmodel import col

from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Case
from services.routing.desks.domain.filters import WorkFilter
from services.routing.desks.lanes import lanes_of
from services.routing.desks.narrowing import narrowed
from shared.identity import Actor

MOST = 20_000
DRAWN = 20_000  # rows of the table, whoever sees them

ROWS_OF_CASES = text("SELECT reltuples FROM pg_class WHERE oid = 'cases'::regclass")


@dataclass
class Tally:
    """`clock` counts cases without a promise under the empty text, as `grade` the ungraded."""

    exact: bool = True
    total: int = 0
    clock: Counter[str] = field(default_factory=Counter)
    state: Counter[str] = field(default_factory=Counter)
    grade: Counter[str] = field(default_factory=Counter)


async def tally(session: AsyncSession, actor: Actor, filters: WorkFilter) -> Tally:
    counted = await _counted(session, actor, filters)
    if sum(row.number for row in counted) <= MOST:
        return _added_up(counted, 1.0)
    share = await _share(session)
    drawn = await _drawn(session, actor, filters, share)
    return _added_up(drawn, 1 / share)


async def _counted(session: AsyncSession, actor: Actor, filters: WorkFilter) -> Sequence[Row[Any]]:
    """No further than one more than MOST."""
    columns = (col(Case.id), col(Case.clock_state), col(Case.state), col(Case.grade))
    asked = (visible_to(actor), *narrowed(actor, filters))
    parts = [lane.rows(*columns).where(*asked).limit(MOST + 1) for lane in lanes_of(actor, filters)]
    if not parts:
        return []
    found = union(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    kinds = (found.c.clock_state, found.c.state, found.c.grade)
    rows = await session.execute(select(*kinds, func.count().label("number")).group_by(*kinds))
    return rows.all()


async def _share(session: AsyncSession) -> float:
    """What part of the table holds about DRAWN rows."""
    rows = float((await session.execute(ROWS_OF_CASES)).scalar_one())
    return min(1.0, DRAWN / max(rows, 1.0))


async def _drawn(
    session: AsyncSession, actor: Actor, filters: WorkFilter, share: float
) -> Sequence[Row[Any]]:
    drawn = tablesample(Case.__table__, func.system(share * 100))  # type: ignore[attr-defined]
    asked = (col(Case.next_due_at).is_not(None), visible_to(actor), *narrowed(actor, filters))
    of_drawn = ClauseAdapter(drawn)
    kinds = (drawn.c.clock_state, drawn.c.state, drawn.c.grade)
    wanted = (
        select(*kinds, func.count().label("number"))
        .where(*(of_drawn.traverse(condition) for condition in asked))
        .group_by(*kinds)
    )
    return (await session.execute(wanted)).all()


def _added_up(rows: Sequence[Row[Any]], factor: float) -> Tally:
    found = Tally(exact=factor == 1.0)
    for row in rows:
        number = round(row.number * factor)
        found.total += number
        found.clock[row.clock_state or ""] += number
        found.state[row.state] += number
        found.grade[row.grade or ""] += number
    return found
