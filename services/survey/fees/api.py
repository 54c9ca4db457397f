"""Fee reports: filed and corrected by the company, read by those who oversee it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.deed import DeedDep
from services.survey.fees.commands.reporting import correct, report
from services.survey.fees.domain.amounts import Amounts
from services.survey.fees.guards import (
    DueDep,
    PeriodDep,
    QuarterDep,
    ReaderDep,
    ReportToCorrect,
    ReportToRead,
)
from services.survey.fees.queries import page_of_missing, page_of_reports
from services.survey.fees.schemas import (
    FeeCorrectionIn,
    FeeReportDetail,
    FeeReportIn,
    FeeReportOut,
    MissingReportOut,
)
from services.survey.fees.views import missing_out, report_detail, report_out
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/fee-reports", tags=["fees"])


@router.post("", status_code=201, response_model=FeeReportDetail)
async def report_fees(due: DueDep, body: FeeReportIn, deed: DeedDep, once: OnceDep) -> Response:
    """Fees due and received in a quarter that is over, of an estate your company served."""

    async def work() -> FeeReportDetail:
        told = due.quarter, Amounts(body.due_fen, body.received_fen)
        filed = await report(deed, due.estate, due.company_id, told)
        return await report_detail(deed, filed)

    return await once.run(work)


@router.get("")
async def list_reports(
    reader: ReaderDep, period: PeriodDep, deed: DeedDep, page: Paging
) -> Page[FeeReportOut]:
    """Of your place, or of your company's estates; newest first."""
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    found = await page_of_reports(deed.session, reader, period, page)
    shown, following = page.cut(found, lambda each: (each.id,))
    return Page(items=[report_out(each, book) for each in shown], next=following)


@router.get("/missing")
async def list_missing(
    reader: ReaderDep, quarter: QuarterDep, deed: DeedDep, page: Paging
) -> Page[MissingReportOut]:
    """Estates without a report for the quarter, by default the last that is over."""
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    found = await page_of_missing(deed.session, reader, quarter, page)
    shown, following = page.cut(found, lambda row: (row.estate_id, row.company_id))
    items = [missing_out(row, quarter, book, deed.at) for row in shown]
    return Page(items=items, next=following)


@router.get("/{report_id}")
async def show_report(report: ReportToRead, deed: DeedDep) -> FeeReportDetail:
    """With every version of it."""
    return await report_detail(deed, report)


@router.post("/{report_id}/corrections", status_code=201, response_model=FeeReportDetail)
async def correct_report(
    report: ReportToCorrect, body: FeeCorrectionIn, deed: DeedDep, once: OnceDep
) -> Response:
    """A new version with a reason; what was reported before stays readable."""

    async def work() -> FeeReportDetail:
        amounts = Amounts(body.due_fen, body.received_fen)
        await correct(deed, report, body.replaces, amounts, body.reason)
        return await report_detail(deed, report)

    return await once.run(work)
