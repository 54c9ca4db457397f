"""What of a division may count in a half-year, from surveys, assessments and imports (E15, E16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.evaluations.domain.halves import HalfYear
from services.survey.evaluations.domain.lifecycles import STANDING, AssessmentStatus
from services.survey.evaluations.domain.results import (
    CommunityResult,
    Gathered,
    OwnersResult,
    ThirdPartyResult,
    Where,
)
from services.survey.evaluations.revoking import revoked_in
from services.survey.evaluations.tables import CommunityAssessment, ThirdPartyEvaluation
from services.survey.surveys.domain.lifecycle import SurveyStatus
from services.survey.surveys.tables import Survey
from shared.clock import BEIJING


async def gather(
    session: AsyncSession, division: str, period: str, half: HalfYear, owner_dimension: str
) -> Gathered:
    """In the order of their dates, so that the newest of each kind comes last."""
    return Gathered(
        owners=[_owners(each) for each in await _surveys(session, division, period, half)],
        community=[_community(each) for each in await _assessments(session, division, period)],
        third_party=[
            _third_party(each, owner_dimension)
            for each in await _third_parties(session, division, period)
        ],
        revoked=await revoked_in(session, division, period),
    )


async def pairs_served(session: AsyncSession, division: str, half: HalfYear) -> int:
    """How many estates with their companies could have been evaluated."""
    rows = await session.execute(
        select(EstateCopy).where(col(EstateCopy.division).startswith(division, autoescape=True))
    )
    first, last = half.first.isoformat(), half.last.isoformat()
    served = {
        (estate.id, contract["company_id"])
        for estate in rows.scalars()
        for contract in estate.contracts
        if contract["valid_from"] <= last and (contract["valid_to"] or last) >= first
    }
    return len(served)


def community_or_street(estate: EstateCopy) -> str:
    """Of its buildings; its street where none is known."""
    return estate.community or estate.division


async def _surveys(
    session: AsyncSession, division: str, period: str, half: HalfYear
) -> Sequence[Survey]:
    """Published ones: of the half-year, or dated in it."""
    published = col(Survey.published_at)
    dated = and_(
        published >= datetime.combine(half.first, time(), BEIJING), published < half.ends_at
    )
    rows = await session.execute(
        select(Survey)
        .where(
            col(Survey.state) == SurveyStatus.PUBLISHED,
            col(Survey.community).startswith(division, autoescape=True),
            or_(dated, col(Survey.period) == period),
        )
        .order_by(published, col(Survey.id))
    )
    return rows.scalars().all()


async def _assessments(
    session: AsyncSession, division: str, period: str
) -> Sequence[CommunityAssessment]:
    rows = await session.execute(
        select(CommunityAssessment)
        .where(
            col(CommunityAssessment.period) == period,
            col(CommunityAssessment.community).startswith(division, autoescape=True),
            col(CommunityAssessment.state).in_(STANDING),
        )
        .order_by(col(CommunityAssessment.assessed_on), col(CommunityAssessment.id))
    )
    return rows.scalars().all()


async def _third_parties(
    session: AsyncSession, division: str, period: str
) -> Sequence[ThirdPartyEvaluation]:
    rows = await session.execute(
        select(ThirdPartyEvaluation)
        .where(
            col(ThirdPartyEvaluation.period) == period,
            col(ThirdPartyEvaluation.community).startswith(division, autoescape=True),
            col(ThirdPartyEvaluation.replaced_at).is_(None),
        )
        .order_by(col(ThirdPartyEvaluation.evaluated_on), col(ThirdPartyEvaluation.id))
    )
    return rows.scalars().all()


def _owners(survey: Survey) -> OwnersResult:
    assert survey.score is not None, "a published survey has a score"
    assert survey.answers is not None
    assert survey.published_at is not None
    return OwnersResult(
        id=survey.id,
        where=_where(survey),
        period=survey.period,
        score=survey.score,
        answers=survey.answers,
        published_at=survey.published_at,
    )


def _community(row: CommunityAssessment) -> CommunityResult:
    return CommunityResult(
        id=row.id,
        version=row.version,
        where=_where(row),
        score=row.score,
        assessed_on=row.assessed_on,
        confirmed=row.state == AssessmentStatus.CONFIRMED,
    )


def _third_party(row: ThirdPartyEvaluation, owner_dimension: str) -> ThirdPartyResult:
    return ThirdPartyResult(
        id=row.id,
        version=row.version,
        import_id=row.import_id,
        agency_id=row.agency_id,
        where=_where(row),
        score=row.score,
        owner_mark=Decimal(row.marks[owner_dimension]),
        sample_size=row.sample_size,
        same_source=row.same_source,
        evaluated_on=row.evaluated_on,
    )


def _where(row: Survey | CommunityAssessment | ThirdPartyEvaluation) -> Where:
    return Where(row.estate_id, row.estate_name, row.division, row.community, row.company_id)
