"""群众满意度: positive answers of return visits among valid ones (C06, X33, X34).

Nobody is asked about an anonymous complaint (X15), and who does not answer has not answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.indicators.domain.formulas import Code
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span
from services.survey.indicators.sources.asking import Ask, Found, during, key_of, lies_in
from services.survey.indicators.tables import CaseFact
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.tables import Visit


async def of_answers(session: AsyncSession, ask: Ask, codes: Sequence[Code]) -> Found:
    """By the moment of the answer, at the place of the case."""
    key = key_of(ask.by).label("key")
    wanted = (
        select(
            key,
            func.count().filter(col(Visit.positive).is_(True)).label("positive"),
            func.count().label("valid"),
        )
        .join(CaseFact, col(CaseFact.id) == col(Visit.case_id))
        .where(lies_in(ask), is_answered(ask.span))
    )
    rows = await session.execute(wanted if ask.by is None else wanted.group_by(key))
    return {row.key: {code: Share(row.positive, row.valid) for code in codes} for row in rows}


def is_answered(span: Span) -> ColumnElement[bool]:
    return and_(col(Visit.state) == VisitStatus.ANSWERED, during(Visit.answered_at, span))
