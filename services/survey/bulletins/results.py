"""What other rooms have published, for everybody: surveys, ratings, evaluations, grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from services.survey.credit.grade_queries import grades_in_force
from services.survey.credit.tables import CreditGrade
from services.survey.evaluations.domain.lifecycles import RunStatus
from services.survey.evaluations.queries import newest
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.domain.lifecycle import RatingStatus
from services.survey.ratings.tables import Rating
from services.survey.surveys.domain.lifecycle import SurveyStatus
from services.survey.surveys.tables import Survey
from shared.web.paging import PageRequest, cursor_key


@dataclass(frozen=True)
class Sought:
    """Whose results a list is asked for; `division` is a prefix."""

    division: str | None = None
    estate_id: UUID | None = None
    company_id: UUID | None = None
    period: str | None = None

    def of(
        self,
        community: Mapped[str],
        estate: Mapped[UUID],
        company: ColumnElement[UUID | None] | Mapped[UUID],
        period: Mapped[str],
    ) -> list[ColumnElement[bool]]:
        """As conditions on those columns."""
        found = []
        if self.division is not None:
            found.append(community.startswith(self.division, autoescape=True))
        for column, wanted in ((estate, self.estate_id), (company, self.company_id)):
            if wanted is not None:
                found.append(column == wanted)
        if self.period is not None:
            found.append(period == self.period)
        return found


async def surveys(session: AsyncSession, page: PageRequest, sought: Sought) -> Sequence[Survey]:
    """Published ones, newest first (E05)."""
    of = sought.of(
        col(Survey.community), col(Survey.estate_id), col(Survey.company_id), col(Survey.period)
    )
    wanted = select(Survey).where(col(Survey.state) == SurveyStatus.PUBLISHED, *of)
    if page.after is not None:
        wanted = wanted.where(col(Survey.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Survey.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def ratings(session: AsyncSession, page: PageRequest, sought: Sought) -> Sequence[Rating]:
    """Published ones of companies and of committees, newest first (E09, E13)."""
    company = case((col(Rating.kind) == RatingKind.QUARTERLY, col(Rating.company_id)))
    wanted = select(Rating).where(
        col(Rating.state) == RatingStatus.PUBLISHED,
        *sought.of(col(Rating.community), col(Rating.estate_id), company, col(Rating.period)),
    )
    if page.after is not None:
        wanted = wanted.where(col(Rating.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(Rating.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


Evaluated = Row[EvaluationResult, EvaluationRun]


async def evaluations(
    session: AsyncSession, page: PageRequest, sought: Sought
) -> Sequence[Evaluated]:
    """Published ones as their newest edition has them, newest first (E16)."""
    of = sought.of(
        col(EvaluationResult.community),
        col(EvaluationResult.estate_id),
        col(EvaluationResult.company_id),
        col(EvaluationResult.period),
    )
    public = (
        select(EvaluationResult)
        .join(EvaluationRun, col(EvaluationRun.id) == col(EvaluationResult.run_id))
        .where(col(EvaluationRun.state) == RunStatus.PUBLISHED, *of)
    )
    if page.after is not None:
        public = public.where(col(EvaluationResult.id) < cursor_key(page.after, UUID)[0])
    ordered = newest(public).order_by(col(EvaluationResult.id).desc()).limit(page.limit + 1)
    rows = await session.execute(ordered.add_columns(EvaluationRun))
    return rows.all()


async def grades(
    session: AsyncSession, page: PageRequest, company_id: UUID | None, at: datetime
) -> Sequence[CreditGrade]:
    """Of every company that has one in force, by the company's id (E16-E19)."""
    company = col(CreditGrade.company_id)
    conditions: list[ColumnElement[bool]] = []
    if company_id is not None:
        conditions.append(company == company_id)
    if page.after is not None:
        conditions.append(company > cursor_key(page.after, UUID)[0])
    return (await grades_in_force(session, at, *conditions))[: page.limit + 1]
