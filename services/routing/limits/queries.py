"""Reads of returns, suspensions and extensions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.limits.domain.extending import ExtensionNotAsked
from services.routing.limits.domain.returning import PastReturn, ReturnNotPending, UnitKey
from services.routing.limits.domain.suspending import NotSuspended, SuspensionNotAsked
from services.routing.limits.tables import CaseReturn, Extension, Suspension


async def returns_of(session: AsyncSession, case_id: UUID) -> Sequence[CaseReturn]:
    rows = await session.execute(
        select(CaseReturn)
        .where(col(CaseReturn.case_id) == case_id)
        .order_by(col(CaseReturn.returned_at), col(CaseReturn.id))
    )
    return rows.scalars().all()


async def past_returns(session: AsyncSession, case_id: UUID) -> list[PastReturn]:
    return [
        PastReturn(key_of(row), given_to(row), bool(row.forced))
        for row in await returns_of(session, case_id)
    ]


async def pending_return(session: AsyncSession, case_id: UUID) -> CaseReturn:
    """Raises ReturnNotPending."""
    found = await session.execute(
        select(CaseReturn).where(
            col(CaseReturn.case_id) == case_id, col(CaseReturn.decided_at).is_(None)
        )
    )
    pending = found.scalar()
    if pending is None:
        raise ReturnNotPending
    return pending


def key_of(row: CaseReturn) -> UnitKey:
    return UnitKey(row.organisation_id, row.person_id)


def given_to(row: CaseReturn) -> UnitKey | None:
    return UnitKey(row.given_to_id, row.given_to_person_id) if row.given_to_id else None


async def suspensions_of(session: AsyncSession, case_id: UUID) -> Sequence[Suspension]:
    rows = await session.execute(
        select(Suspension)
        .where(col(Suspension.case_id) == case_id)
        .order_by(col(Suspension.asked_at), col(Suspension.id))
    )
    return rows.scalars().all()


async def is_suspension_pending(session: AsyncSession, case_id: UUID) -> bool:
    return await _undecided_suspension(session, case_id) is not None


async def pending_suspension(session: AsyncSession, case_id: UUID) -> Suspension:
    """Raises SuspensionNotAsked."""
    pending = await _undecided_suspension(session, case_id)
    if pending is None:
        raise SuspensionNotAsked
    return pending


async def running_suspension(session: AsyncSession, case_id: UUID) -> Suspension:
    """Raises NotSuspended."""
    found = await session.execute(
        select(Suspension).where(
            col(Suspension.case_id) == case_id,
            col(Suspension.began_at).is_not(None),
            col(Suspension.ended_at).is_(None),
        )
    )
    running = found.scalar()
    if running is None:
        raise NotSuspended
    return running


async def suspensions_granted(session: AsyncSession, case_id: UUID, organisation_id: UUID) -> int:
    """How often this unit's time on the case has stood still (X07)."""
    found = await session.execute(
        select(func.count()).where(
            col(Suspension.case_id) == case_id,
            col(Suspension.organisation_id) == organisation_id,
            col(Suspension.granted).is_(True),
        )
    )
    return found.scalar_one()


async def pauses_of(session: AsyncSession, case_id: UUID) -> list[tuple[datetime, datetime]]:
    """From when until when the case stood still, for the pauses that are over."""
    return [
        (row.began_at, row.ended_at)
        for row in await suspensions_of(session, case_id)
        if row.began_at is not None and row.ended_at is not None
    ]


async def extensions_of(session: AsyncSession, case_id: UUID) -> Sequence[Extension]:
    rows = await session.execute(
        select(Extension)
        .where(col(Extension.case_id) == case_id)
        .order_by(col(Extension.asked_at), col(Extension.id))
    )
    return rows.scalars().all()


async def pending_extension(session: AsyncSession, case_id: UUID) -> Extension:
    """Raises ExtensionNotAsked."""
    for row in await extensions_of(session, case_id):
        if row.decided_at is None:
            return row
    raise ExtensionNotAsked


async def _undecided_suspension(session: AsyncSession, case_id: UUID) -> Suspension | None:
    found = await session.execute(
        select(Suspension).where(
            col(Suspension.case_id) == case_id, col(Suspension.decided_at).is_(None)
        )
    )
    return found.scalar()
