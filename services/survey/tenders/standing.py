"""What a bidder's last evaluation is worth in a tender (E25)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.credit.domain.consequences import ConsequenceState, Kind
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.tables import CreditConsequence, CreditEntry


async def has_bonus(session: AsyncSession, company_id: UUID, at: datetime) -> bool:
    """The bonus was accepted for the last half-year of which anybody's evaluation is public: it is
    proposed for an excellent band, and a person decides. An older one is worth nothing.
    """
    last = select(func.max(col(CreditEntry.period))).where(
        col(CreditEntry.source) == EntrySource.EVALUATION, col(CreditEntry.published_at) <= at
    )
    accepted = exists().where(
        col(CreditConsequence.kind) == Kind.BID_BONUS,
        col(CreditConsequence.state) == ConsequenceState.ACCEPTED,
        col(CreditConsequence.company_id) == company_id,
        col(CreditConsequence.period) == last.scalar_subquery(),
    )
    return bool((await session.execute(select(accepted))).scalar_one())
