"""Reading fee reports; everything starts from what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    SQLColumnExpression,
    and_,
    cast,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.fees.domain.policies import places_of, reports_at_all
from services.survey.fees.domain.quarters import days_of
from services.survey.fees.tables import FeeReport, FeeReportVersion
from services.survey.indicators.domain.spans import Period
from services.survey.surveys.domain.policies import companies_of
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


@dataclass(frozen=True)
class Missing:
    """A company served the estate and has not reported."""

    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID


class FeeReportNotFound(NotFound):
    """There is no such fee report, or it is none of yours."""

    code = "FEE_REPORT_NOT_FOUND"
    chinese = "未找到该收费情况报告，或您无权查看。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return _visible(
        actor, col(FeeReport.community), col(FeeReport.company_id), col(FeeReport.estate_id)
    )


async def page_of_reports(
    session: AsyncSession, actor: Actor, period: str | None, page: PageRequest
) -> Sequence[FeeReport]:
    """Newest first."""
    wanted = select(FeeReport).where(visible_to(actor))
    if period is not None:
        wanted = wanted.where(col(FeeReport.period) == period)
    if page.after is not None:
        wanted = wanted.where(col(FeeReport.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(FeeReport.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def report_of(
    session: AsyncSession, actor: Actor, report_id: UUID, *, lock: bool = False
) -> FeeReport:
    """Raises FeeReportNotFound."""
    wanted = select(FeeReport).where(col(FeeReport.id) == report_id, visible_to(actor))
    if lock:
        wanted = wanted.with_for_update()
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise FeeReportNotFound
    return found


async def is_reported(
    session: AsyncSession, estate_id: UUID, company_id: UUID, period: str
) -> bool:
    found = await session.execute(
        select(col(FeeReport.id)).where(
            col(FeeReport.estate_id) == estate_id,
            col(FeeReport.company_id) == company_id,
            col(FeeReport.period) == period,
        )
    )
    return found.first() is not None


async def versions_of(session: AsyncSession, report_id: UUID) -> Sequence[FeeReportVersion]:
    rows = await session.execute(
        select(FeeReportVersion)
        .where(col(FeeReportVersion.report_id) == report_id)
        .order_by(col(FeeReportVersion.version))
    )
    return rows.scalars().all()


async def page_of_missing(
    session: AsyncSession, actor: Actor, quarter: Period, page: PageRequest
) -> Sequence[Missing]:
    """Estates that a company served in the quarter and has not reported about."""
    days = days_of(quarter)
    contract = func.jsonb_array_elements(col(EstateCopy.contracts), type_=JSONB).column_valued(
        "contract", joins_implicitly=True
    )
    company = cast(contract["company_id"].astext, UuidType)
    until = func.coalesce(cast(contract["valid_to"].astext, Date), date.max)
    reported = exists().where(
        col(FeeReport.estate_id) == col(EstateCopy.id),
        col(FeeReport.company_id) == company,
        col(FeeReport.period) == quarter.name,
    )
    key = tuple_(col(EstateCopy.id), company)
    wanted = (
        select(
            col(EstateCopy.id),
            col(EstateCopy.display_name),
            col(EstateCopy.division),
            company.label("company_id"),
        )
        .distinct()
        .where(
            cast(contract["valid_from"].astext, Date) <= days.last,
            until >= days.first,
            ~reported,
            _visible(actor, col(EstateCopy.division), company, col(EstateCopy.id)),
        )
    )
    if page.after is not None:
        wanted = wanted.where(key > tuple_(*cursor_key(page.after, UUID, UUID)))
    rows = await session.execute(wanted.order_by(col(EstateCopy.id), company).limit(page.limit + 1))
    return [Missing(*row) for row in rows]


def _visible(
    actor: Actor,
    place: SQLColumnExpression[str],
    company: SQLColumnExpression[UUID],
    estate: SQLColumnExpression[UUID],
) -> ColumnElement[bool]:
    """The desks of the place, without the companies one has a stake in (A13); and the company
    itself at the estates it serves.
    """
    starts = [place.startswith(each, autoescape=True) for each in places_of(actor)]
    staff = and_(or_(false(), *starts), company.not_in(sorted(companies_of(actor))))
    if not reports_at_all(actor):
        return staff
    own = and_(company == actor.organisation_id, estate.in_(sorted(actor.scope.estates)))
    return or_(staff, own)
