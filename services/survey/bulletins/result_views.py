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
from services.survey.bulletins.results import Evaluated
from services.survey.copies.names import names_of_organisations
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import TOLD, Standing
from services.survey.credit.standings import standings_from
from services.survey.credit.tables import CreditGrade
from services.survey.evaluations.standings import Standings, standings_of, told_figures
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.tables import Rating
from services.survey.surveys.tables import Survey

COMPUTED = {"company_name", "published_at", "edition", "community", "standing", "standings"}
FIGURES = {"score", "averages", "owners", "third_party", "composite", "band"}


async def satisfaction_views(
    session: AsyncSession, found: Sequence[Survey]
) -> list[PublicSatisfaction]:
    names = await names_of_organisations(session, (each.company_id for each in found))
    ids = [each.id for each in found]
    standings = await standings_from(session, EntrySource.SATISFACTION_SURVEY, ids)
    return [
        _satisfaction(each, names.get(each.company_id), standings.get(each.id, Standing.VALID))
        for each in found
    ]


async def evaluation_views(
    session: AsyncSession, found: Sequence[Evaluated]
) -> list[PublicEvaluation]:
    names = await names_of_organisations(session, (result.company_id for result, _ in found))
    standings = await standings_of(session, [result for result, _ in found])
    return [
        _evaluation(
            result, run, result.company_name or names.get(result.company_id), standings[result.id]
        )
        for result, run in found
    ]


async def rating_views(session: AsyncSession, found: Sequence[Rating]) -> list[PublicRating]:
    names = await names_of_organisations(
        session, (each.company_id for each in found if each.company_id)
    )
    ids = [each.id for each in found]
    standings = await standings_from(session, EntrySource.QUARTERLY_RATING, ids)
    return [_rating(each, names, standings.get(each.id, Standing.VALID)) for each in found]


async def grade_views(session: AsyncSession, found: Sequence[CreditGrade]) -> list[PublicGrade]:
    names = await names_of_organisations(session, (each.company_id for each in found))
    return [_grade(each, names.get(each.company_id)) for each in found]


def _satisfaction(
    survey: Survey, company_name: str | None, standing: Standing
) -> PublicSatisfaction:
    assert survey.published_at is not None, "what is public was published"
    averages = survey.averages if standing in TOLD else None
    return PublicSatisfaction(
        **survey.model_dump(include=set(PublicSatisfaction.model_fields) - COMPUTED - FIGURES),
        company_name=company_name,
        published_at=survey.published_at,
        score=survey.score if standing in TOLD else None,
        averages=averages and {code: Decimal(each) for code, each in averages.items()},
        standing=standing,
    )


def _rating(rating: Rating, names: Mapping[UUID, str], standing: Standing) -> PublicRating:
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
        score=rating.score if standing in TOLD else None,
        published_at=rating.published_at,
        standing=standing,
    )


def _evaluation(
    result: EvaluationResult,
    run: EvaluationRun,
    company_name: str | None,
    standings: Standings,
) -> PublicEvaluation:
    assert run.published_at is not None, "what is public was published"
    return PublicEvaluation(
        **result.model_dump(include=set(PublicEvaluation.model_fields) - COMPUTED - FIGURES),
        **told_figures(result, standings),
        company_name=company_name,
        community=result.community_score,
        edition=run.edition,
        published_at=run.published_at,
        standings=dict(standings),
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
