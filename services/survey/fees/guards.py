"""Loading what a fee report is about for the one who may have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from services.survey.copies.tables import EstateCopy
from services.survey.deed import DeedDep
from services.survey.fees.domain.policies import (
    CompaniesOnly,
    FeeReadersOnly,
    NotYourEstate,
    may_report,
    reads_at_all,
    reports_at_all,
)
from services.survey.fees.domain.quarters import last_quarter, quarter_of, serving_in
from services.survey.fees.queries import report_of
from services.survey.fees.schemas import FeeReportIn
from services.survey.fees.tables import FeeReport
from services.survey.indicators.domain.spans import Period
from services.survey.surveys.domain.scope import EstateUnknown
from services.survey.surveys.queries import estate_of
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, Now


@dataclass(frozen=True)
class Due:
    """What a company is about to report: where, for which company, of which quarter."""

    estate: EstateCopy
    company_id: UUID
    quarter: Period


def reader(actor: CurrentActor) -> Actor:
    """Raises FeeReadersOnly."""
    if not reads_at_all(actor):
        raise FeeReadersOnly
    return actor


def reporter(actor: CurrentActor) -> Actor:
    """Raises CompaniesOnly."""
    if not reports_at_all(actor):
        raise CompaniesOnly
    return actor


async def due(actor: Annotated[Actor, Depends(reporter)], deed: DeedDep, body: FeeReportIn) -> Due:
    """Raises QuarterUnknown, EstateUnknown or NotYourEstate."""
    quarter = quarter_of(body.period)
    if not actor.scope.covers_estate(body.estate_id):
        raise EstateUnknown
    estate = await estate_of(deed.session, body.estate_id)
    companies = serving_in(quarter, estate.contracts)
    own = sorted(each for each in companies if may_report(actor, each, estate.id))
    if not own:
        raise NotYourEstate
    return Due(estate, own[0], quarter)


async def report_to_read(
    report_id: UUID, actor: Annotated[Actor, Depends(reader)], deed: DeedDep
) -> FeeReport:
    """Raises FeeReportNotFound."""
    return await report_of(deed.session, actor, report_id)


async def report_to_correct(
    report_id: UUID, actor: Annotated[Actor, Depends(reporter)], deed: DeedDep
) -> FeeReport:
    """Locked: of two corrections the second is told. Raises FeeReportNotFound or NotYourEstate."""
    found = await report_of(deed.session, actor, report_id, lock=True)
    if not may_report(actor, found.company_id, found.estate_id):
        raise NotYourEstate
    return found


def quarter_asked(now: Now, period: Annotated[str | None, Query(max_length=10)] = None) -> Period:
    """Without one, the last that is over. Raises QuarterUnknown."""
    return quarter_of(period) if period is not None else last_quarter(now)


def period_asked(period: Annotated[str | None, Query(max_length=10)] = None) -> str | None:
    """Raises QuarterUnknown."""
    return quarter_of(period).name if period is not None else None


ReaderDep = Annotated[Actor, Depends(reader)]
DueDep = Annotated[Due, Depends(due)]
ReportToRead = Annotated[FeeReport, Depends(report_to_read)]
ReportToCorrect = Annotated[FeeReport, Depends(report_to_correct)]
QuarterDep = Annotated[Period, Depends(quarter_asked)]
PeriodDep = Annotated[str | None, Depends(period_asked)]
