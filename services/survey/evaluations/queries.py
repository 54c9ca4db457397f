"""Reading evaluations; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from services.survey.evaluations.domain.lifecycles import RunStatus
from services.survey.evaluations.domain.policies import (
    agency_of,
    divisions_contracted,
    divisions_run,
    places_of,
)
from services.survey.evaluations.tables import (
    AgencyContract,
    CommunityAssessment,
    EvaluationImport,
    EvaluationResult,
    EvaluationRun,
    ThirdPartyEvaluation,
)
from services.survey.surveys.domain.policies import companies_of, employer_of
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

Row = TypeVar(
    "Row",
    AgencyContract,
    EvaluationImport,
    ThirdPartyEvaluation,
    CommunityAssessment,
    EvaluationRun,
    EvaluationResult,
)


class EvaluationNotFound(NotFound):
    """There is no such thing among evaluations, or it is none of yours."""

    code = "EVALUATION_NOT_FOUND"
    chinese = "未找到，或您无权查看。"


def contracts_of(actor: Actor) -> Select[AgencyContract]:
    """The bureau those of its area, an agency its own (E22)."""
    own = col(AgencyContract.agency_id) == agency_of(actor) if agency_of(actor) else false()
    mine = [_all_within(place) for place in divisions_contracted(actor)]
    return select(AgencyContract).where(or_(own, *mine))


def imports_of(actor: Actor) -> Select[EvaluationImport]:
    """The own agency's."""
    agency = agency_of(actor)
    mine = col(EvaluationImport.agency_id) == agency if agency else false()
    return select(EvaluationImport).where(mine)


def third_parties_of(actor: Actor) -> Select[ThirdPartyEvaluation]:
    """The agency its own, those who run evaluations what lies in their divisions (A13)."""
    agency = agency_of(actor)
    own = col(ThirdPartyEvaluation.agency_id) == agency if agency else false()
    company = col(ThirdPartyEvaluation.company_id)
    place = _within(col(ThirdPartyEvaluation.community), divisions_run(actor))
    return select(ThirdPartyEvaluation).where(
        or_(own, and_(place, company.not_in(sorted(companies_of(actor)))))
    )


def assessments_of(actor: Actor) -> Select[CommunityAssessment]:
    """Staff of the place; never the company, whose figure is published with the composite."""
    place = _within(col(CommunityAssessment.community), places_of(actor))
    company = col(CommunityAssessment.company_id)
    return select(CommunityAssessment).where(place, company.not_in(sorted(companies_of(actor))))


def runs_of(actor: Actor) -> Select[EvaluationRun]:
    """Drafts are for those who run evaluations there; what is published is for all staff there."""
    division = col(EvaluationRun.division)
    public = col(EvaluationRun.state) == RunStatus.PUBLISHED
    return select(EvaluationRun).where(
        or_(
            _within(division, divisions_run(actor)),
            and_(public, _within(division, places_of(actor))),
        )
    )


def results_of(actor: Actor, run: EvaluationRun) -> Select[EvaluationResult]:
    """Of a run that the caller sees, without those of a company one has a stake in (A13)."""
    return select(EvaluationResult).where(
        col(EvaluationResult.run_id) == run.id,
        _within(col(EvaluationResult.community), places_of(actor)),
        col(EvaluationResult.company_id).not_in(sorted(companies_of(actor))),
    )


def published_to(actor: Actor, period: str | None = None) -> Select[EvaluationResult]:
    """Every edition that is public, of one half-year or of all: staff by place, the company at the
    estates it serves.
    """
    own = col(EvaluationResult.company_id).in_(sorted(companies_of(actor)))
    staff = and_(_within(col(EvaluationResult.community), places_of(actor)), ~own)
    rated = and_(
        col(EvaluationResult.company_id).in_(sorted(employer_of(actor))),
        col(EvaluationResult.estate_id).in_(sorted(actor.scope.estates)),
    )
    return (
        select(EvaluationResult)
        .join(EvaluationRun, col(EvaluationRun.id) == col(EvaluationResult.run_id))
        .where(
            col(EvaluationRun.state) == RunStatus.PUBLISHED,
            or_(staff, rated),
            true() if period is None else col(EvaluationResult.period) == period,
        )
    )


def newest(wanted: Select[EvaluationResult]) -> Select[EvaluationResult]:
    """Of a selection joined with its runs: what no later edition has replaced."""
    later = aliased(EvaluationRun)
    return wanted.where(
        ~exists().where(
            col(later.division) == col(EvaluationRun.division),
            col(later.period) == col(EvaluationRun.period),
            col(later.state) == RunStatus.PUBLISHED,
            col(later.edition) > col(EvaluationRun.edition),
        )
    )


async def published_of(
    session: AsyncSession, period: str, division: str
) -> Sequence[EvaluationResult]:
    """E23: every company and estate of a half-year once, as the newest edition has it."""
    wanted = (
        select(EvaluationResult)
        .join(EvaluationRun, col(EvaluationRun.id) == col(EvaluationResult.run_id))
        .where(
            col(EvaluationRun.state) == RunStatus.PUBLISHED,
            col(EvaluationRun.period) == period,
            col(EvaluationResult.community).startswith(division, autoescape=True),
        )
    )
    order = (col(EvaluationResult.community), col(EvaluationResult.evaluation_id))
    return (await session.execute(newest(wanted).order_by(*order))).scalars().all()


async def page_of(
    session: AsyncSession, wanted: Select[Row], id: Mapped[UUID], page: PageRequest
) -> Sequence[Row]:
    """Newest first: ids rise with creation."""
    if page.after is not None:
        wanted = wanted.where(id < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(id.desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def one_of(
    session: AsyncSession,
    wanted: Select[Row],
    id: ColumnElement[bool],
    *,
    lock: bool = False,
) -> Row:
    """Raises EvaluationNotFound."""
    wanted = wanted.where(id)
    found = await session.execute(wanted.with_for_update() if lock else wanted)
    row = found.scalar_one_or_none()
    if row is None:
        raise EvaluationNotFound
    return row


def _within(place: Mapped[str], prefixes: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(place.startswith(each, autoescape=True) for each in prefixes))


def _all_within(prefix: str) -> ColumnElement[bool]:
    """Whether every division of a contract lies within the place."""
    division = func.unnest(col(AgencyContract.divisions)).column_valued("division")
    outside = select(division).where(~division.startswith(prefix, autoescape=True))
    return ~outside.correlate(AgencyContract).exists()
