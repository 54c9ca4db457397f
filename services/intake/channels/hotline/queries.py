"""Reading what the hotline's door keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.channels.tables import HotlineReply, RefusedOrder
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.tables import Complaint
from shared.contracts.vocabulary import ComplaintStatus
from shared.web.paging import PageRequest, cursor_key


async def replies_of(session: AsyncSession, complaint_id: UUID) -> Sequence[HotlineReply]:
    rows = await session.execute(
        select(HotlineReply)
        .where(HotlineReply.complaint_id == complaint_id)
        .order_by(col(HotlineReply.at), col(HotlineReply.id))
    )
    return rows.scalars().all()


async def orders_among(session: AsyncSession, complaints: Sequence[UUID]) -> Sequence[Complaint]:
    """Those that came from the hotline and still stand."""
    rows = await session.execute(
        select(Complaint)
        .where(
            col(Complaint.id).in_(complaints),
            Complaint.door == DoorKind.HOTLINE,
            Complaint.state != ComplaintStatus.WITHDRAWN,
        )
        .order_by(col(Complaint.id))
    )
    return rows.scalars().all()


async def refused_orders(
    session: AsyncSession, paging: PageRequest, *, settled: bool
) -> Sequence[RefusedOrder]:
    """The newest first; one more than the page holds."""
    key = (col(RefusedOrder.last_at), col(RefusedOrder.id))
    query = select(RefusedOrder).order_by(*(column.desc() for column in key))
    done = col(RefusedOrder.settled_at)
    query = query.where(done.is_not(None) if settled else done.is_(None))
    if paging.after:
        last = cursor_key(paging.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < tuple_(*last))
    return (await session.execute(query.limit(paging.limit + 1))).scalars().all()
