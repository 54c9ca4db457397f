"""Published results in the words of the public API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.bulletins.result_schemas import (
    PublicEvaluation,
    PublicGrade,
    PublicRating,
    PublicSatisfaction,
)
from services.survey.bulletins.results import Evaluated, names_of
from services.survey.credit.tables import CreditGrade
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.tables import Rating
from services.survey.surveys.tables import Survey

COMPUTED = {"company_name", "averages", "published_at", "edition", "community"}


async def satisfaction_views(
    session: AsyncSession, found: Sequence[Survey]
) -> list[PublicSatisfaction]:
    names = await names_of(session, (each.company_id for each in found))
    return [_satisfaction(each, names.get(each.company_id)) for each in found]


async def evaluation_views(
    session: AsyncSession, found: Sequence[Evaluated]
) -> list[PublicEvaluation]:
    names = await names_of(session, (result.company_id for result, _ in found))
    return [
        _evaluation(result, run, result.company_name or names.get(result.company_id))
        for result, run in found
    ]


async def rating_views(session: AsyncSession, found: Sequence[Rating]) -> list[PublicRating]:
    names = await names_of(session, (each.company_id for each in found if each.company_id))
    return [_rating(each, names) for each in found]


async def grade_views(session: AsyncSession, found: Sequence[CreditGrade]) -> list[PublicGrade]:
    names = await names_of(session, (each.company_id for each in found))
    return [_grade(each, names.get(each.company_id)) for each in found]


def _satisfaction(survey: Survey, company_name: str | None) -> PublicSatisfaction:
    assert survey.published_at is not None, "what is public was published"
    averages = survey.averages
    return PublicSatisfaction(
        **survey.model_dump(include=set(PublicSatisfaction.model_fields) - COMPUTED),
        company_name=company_name,
        published_at=survey.published_at,
        averages=averages and {code: Decimal(each) for code, each in averages.items()},
    )


def _rating(rating: Rating, names: Mapping[UUID, str]) -> PublicRating:
    assert rating.published_at is not None, "what is public was published"
    assert rating.raters is not None, "and was counted"
    assert rating.score is not None
    company = rating.company_id if rating.kind == RatingKind.QUARTERLY else None
    return PublicRating(
        kind=str(rating.kind),
        estate_id=rating.estate_id,
        estate_name=rating.estate_name,
        division=rating.division,
        company_id=company,
        company_name=names.get(company) if company else None,
        period=rating.period,
        raters=rating.raters,
        score=rating.score,
        published_at=rating.published_at,
    )


def _evaluation(
    result: EvaluationResult, run: EvaluationRun, company_name: str | None
) -> PublicEvaluation:
    assert run.published_at is not None, "what is public was published"
    return PublicEvaluation(
        **result.model_dump(include=set(PublicEvaluation.model_fields) - COMPUTED),
        company_name=company_name,
        community=result.community_score,
        edition=run.edition,
        published_at=run.published_at,
    )


def _grade(grade: CreditGrade, company_name: str | None) -> PublicGrade:
    assert grade.decided_at is not None, "a grade in force was decided"
    return PublicGrade(
        company_id=grade.company_id,
        company_name=company_name,
        period=grade.period,
        grade=grade.grade,
        decided_at=grade.decided_at,
    )
