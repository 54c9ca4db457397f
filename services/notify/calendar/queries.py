"""Appointments that concern somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.calendar.tables import Appointment, Guest


def concerning(recipients: Iterable[UUID]) -> SelectOfScalar[Appointment]:
    """Those to which one of the recipients is a guest, in the order of their times."""
    invited = select(Guest.appointment_id).where(col(Guest.recipient_id).in_(list(recipients)))
    wanted = select(Appointment).where(col(Appointment.id).in_(invited))
    return wanted.order_by(col(Appointment.starts_at), col(Appointment.id))


async def named(
    session: AsyncSession, recipients: Iterable[UUID], calendar_id: UUID
) -> Sequence[Appointment]:
    """The appointment of that id, or all of the case of that id."""
    either = or_(col(Appointment.id) == calendar_id, col(Appointment.case_id) == calendar_id)
    return (await session.execute(concerning(recipients).where(either))).scalars().all()


async def since(
    session: AsyncSession, recipients: Iterable[UUID], moment: datetime
) -> Sequence[Appointment]:
    later = concerning(recipients).where(col(Appointment.ends_at) >= moment)
    return (await session.execute(later)).scalars().all()
