"""物业收费率: fees received of fees due, as companies reported them (facts 2.11)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.fees.sums import fees_by
from services.survey.indicators.domain.formulas import Code
from services.survey.indicators.sources.asking import Ask, Found


async def of_fees(session: AsyncSession, ask: Ask, codes: Sequence[Code]) -> Found:
    """In fen; a quarter counts in whatever time holds the whole of it."""
    found = await fees_by(session, ask.span, ask.place, ask.by, ask.reach)
    return {key: dict.fromkeys(codes, share) for key, share in found.items()}
