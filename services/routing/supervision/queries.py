"""Reads of orders and of the sheets that list what stays unmet."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Case
from services.routing.supervision.domain.orders import OrderNotFound
from services.routing.supervision.tables import Escalation, SupervisionOrder
from shared.clocks import ClockRow
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


async def order_for_clock(session: AsyncSession, clock: ClockRow) -> SupervisionOrder | None:
    found = await session.execute(
        select(SupervisionOrder).where(
            col(SupervisionOrder.case_id) == clock.subject_id,
            col(SupervisionOrder.clock) == clock.kind,
            col(SupervisionOrder.clock_started_at) == clock.started_at,
        )
    )
    return found.scalar()


async def orders_of(session: AsyncSession, case_id: UUID) -> Sequence[SupervisionOrder]:
    rows = await session.execute(
        select(SupervisionOrder)
        .where(col(SupervisionOrder.case_id) == case_id)
        .order_by(col(SupervisionOrder.id))
    )
    return rows.scalars().all()


async def order_of(session: AsyncSession, case_id: UUID, order_id: UUID) -> SupervisionOrder:
    """Raises OrderNotFound."""
    order = await session.get(SupervisionOrder, order_id)
    if order is None or order.case_id != case_id:
        raise OrderNotFound
    return order


async def escalated(
    session: AsyncSession, actor: Actor, colour: str | None, page: PageRequest
) -> Sequence[tuple[Escalation, Case]]:
    """Steps taken, newest first, of the cases that the actor can see."""
    wanted = (
        select(Escalation, Case)
        .join(Case, col(Case.id) == col(Escalation.case_id))
        .where(visible_to(actor))
    )
    if colour is not None:
        wanted = wanted.where(col(Escalation.colour) == colour)
    if page.after is not None:
        wanted = wanted.where(col(Escalation.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Escalation.id).desc()).limit(page.limit + 1))
    return [(row[0], row[1]) for row in rows]
