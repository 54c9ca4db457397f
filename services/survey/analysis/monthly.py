"""Reading monthly reports; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.analysis.domain.policies import places_of_monthly
from services.survey.analysis.tables import AnalysisMeasure, MonthlyAnalysis
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


class AnalysisNotFound(NotFound):
    """There is no such monthly analysis, or it is none of yours."""

    code = "ANALYSIS_NOT_FOUND"
    chinese = "未找到该月度研判，或您无权查看。"


class MeasureNotFound(NotFound):
    """The report has no such measure."""

    code = "MEASURE_NOT_FOUND"
    chinese = "未找到该防控措施。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Who watches the whole place, and who is to carry out a measure."""
    division = col(MonthlyAnalysis.division)
    starts = [division.startswith(each, autoescape=True) for each in places_of_monthly(actor)]
    own = exists().where(
        col(AnalysisMeasure.analysis_id) == col(MonthlyAnalysis.id),
        col(AnalysisMeasure.owner_id) == actor.id,
    )
    return or_(false(), *starts, own)


async def page_of_analyses(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[MonthlyAnalysis]:
    """Newest first: ids rise with their making."""
    wanted = select(MonthlyAnalysis).where(visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(MonthlyAnalysis.id) < cursor_key(page.after, UUID)[0])
    ordered = wanted.order_by(col(MonthlyAnalysis.id).desc()).limit(page.limit + 1)
    return (await session.execute(ordered)).scalars().all()


async def analysis_of(
    session: AsyncSession, actor: Actor, analysis_id: UUID, *, lock: bool = False
) -> MonthlyAnalysis:
    """Raises AnalysisNotFound."""
    wanted = select(MonthlyAnalysis).where(
        col(MonthlyAnalysis.id) == analysis_id, visible_to(actor)
    )
    if lock:
        wanted = wanted.with_for_update()
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise AnalysisNotFound
    return found


async def measures_of(session: AsyncSession, analysis_id: UUID) -> Sequence[AnalysisMeasure]:
    """In the order in which they were added."""
    rows = await session.execute(
        select(AnalysisMeasure)
        .where(col(AnalysisMeasure.analysis_id) == analysis_id)
        .order_by(col(AnalysisMeasure.id))
    )
    return rows.scalars().all()


async def measure_of(session: AsyncSession, analysis_id: UUID, measure_id: UUID) -> AnalysisMeasure:
    """The report is locked. Raises MeasureNotFound."""
    found = await session.get(AnalysisMeasure, measure_id)
    if found is None or found.analysis_id != analysis_id:
        raise MeasureNotFound
    return found


async def newest_of(session: AsyncSession, division: str) -> str | None:
    """The last month of which a place has a report."""
    found = await session.execute(
        select(func.max(col(MonthlyAnalysis.period))).where(
            col(MonthlyAnalysis.division) == division
        )
    )
    return found.scalar_one()
