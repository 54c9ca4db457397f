"""How clocks were kept, and what units objected to (lifecycle 3.3, T12, T13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Interval, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.analysis.domain.performance import Objections, Performance
from services.survey.analysis.tables import CaseClocks, DispatchObjection
from services.survey.copies.names import names_of_organisations
from services.survey.indicators.sources.asking import Ask, during, lies_in
from services.survey.indicators.tables import CaseFact

MOMENT = DateTime(timezone=True)
CALLED_OFF, RUNNING = "STOPPED", "RUNNING"


async def clock_performance(
    session: AsyncSession, ask: Ask, now: datetime
) -> Sequence[Performance]:
    """Of the clocks that fell due in the time; those called off before count for nothing."""
    clock = func.jsonb_array_elements(col(CaseClocks.clocks), type_=JSONB).column_valued(
        "clock", joins_implicitly=True
    )
    kind: ColumnElement[str] = clock["kind"].astext
    state: ColumnElement[str] = clock["state"].astext
    due = cast(clock["due_at"].astext, MOMENT)
    met = cast(clock["met_at"].astext, MOMENT)
    breached = cast(clock["breached_at"].astext, MOMENT).is_not(None)
    late = breached | (met > due) | ((state == RUNNING) & (due < now))
    kept = met.is_not(None) & ~late
    median = func.percentile_cont(0.5).within_group(due - met).filter(met.is_not(None))
    margin: ColumnElement[timedelta | None] = cast(median, Interval)
    columns: tuple[ColumnElement[Any], ...] = (
        kind.label("kind"),
        func.count().filter(kept).label("met"),
        func.count().filter(late).label("breached"),
        margin.label("margin"),
    )
    wanted = select(*columns).join(CaseFact, col(CaseFact.id) == col(CaseClocks.id))
    fell_due = and_(due >= ask.span.since, due < ask.span.until)
    applied = or_(state != CALLED_OFF, breached)
    rows = await session.execute(
        wanted.where(lies_in(ask), fell_due, applied).group_by(kind).order_by(kind)
    )
    return [Performance(row.kind, row.met, row.breached, row.margin) for row in rows]


async def objections(session: AsyncSession, ask: Ask) -> Sequence[Objections]:
    """By the unit that objected in the time; who objected most comes first."""
    unit, upheld = col(DispatchObjection.unit_id), col(DispatchObjection.upheld)
    columns: tuple[ColumnElement[Any], ...] = (
        unit.label("unit"),
        func.count().label("raised"),
        func.count(upheld).label("decided"),
        func.count().filter(upheld.is_(True)).label("upheld"),
    )
    rows = await session.execute(
        select(*columns)
        .join(CaseFact, col(CaseFact.id) == col(DispatchObjection.case_id))
        .where(and_(lies_in(ask), during(DispatchObjection.raised_at, ask.span)))
        .group_by(unit)
    )
    counted = rows.all()
    names = await names_of_organisations(session, (row.unit for row in counted))
    found = [
        Objections(row.unit, names.get(row.unit), row.raised, row.decided, row.upheld)
        for row in counted
    ]
    return sorted(found, key=lambda each: (-each.raised, each.name or "", str(each.unit_id)))
