"""What has happened to a case: timeline, grades, results, and how it came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.tables import CaseEntry, CaseResult, Grading


async def timeline(session: AsyncSession, case_id: UUID) -> Sequence[CaseEntry]:
    rows = await session.execute(
        select(CaseEntry)
        .where(col(CaseEntry.case_id) == case_id)
        .order_by(col(CaseEntry.version), col(CaseEntry.id))
    )
    return rows.scalars().all()


async def gradings(session: AsyncSession, case_id: UUID) -> Sequence[Grading]:
    rows = await session.execute(
        select(Grading).where(col(Grading.case_id) == case_id).order_by(col(Grading.id))
    )
    return rows.scalars().all()


async def results(session: AsyncSession, case_id: UUID) -> Sequence[CaseResult]:
    rows = await session.execute(
        select(CaseResult).where(col(CaseResult.case_id) == case_id).order_by(col(CaseResult.id))
    )
    return rows.scalars().all()


async def last_word_on_reopening(session: AsyncSession, case_id: UUID) -> Action | None:
    """Whether the case came back, was asked back, or was explained finally: the latest of these."""
    words = [Action.ASK_TO_REOPEN, Action.REOPEN, Action.EXPLAIN_FINALLY]
    entry = await _last_entry(session, case_id, words)
    return None if entry is None else Action[entry.action]


async def reopened_at(session: AsyncSession, case_id: UUID) -> datetime | None:
    """When the case last came back (T32, T33)."""
    entry = await _last_entry(session, case_id, [Action.REOPEN])
    return None if entry is None else entry.at


async def _last_entry(
    session: AsyncSession, case_id: UUID, actions: Sequence[Action]
) -> CaseEntry | None:
    names = [action.name for action in actions]
    found = await session.execute(
        select(CaseEntry)
        .where(col(CaseEntry.case_id) == case_id, col(CaseEntry.action).in_(names))
        .order_by(col(CaseEntry.version).desc())
        .limit(1)
    )
    return found.scalar()
