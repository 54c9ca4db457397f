"""A fee report as its readers see it."""

from __future__ import annotations

from datetime import datetime

from services.survey.deed import Deed
from services.survey.fees.domain.quarters import due_at
from services.survey.fees.queries import Missing, versions_of
from services.survey.fees.schemas import (
    FeeReportDetail,
    FeeReportOut,
    FeeVersionOut,
    MissingReportOut,
)
from services.survey.fees.tables import FeeReport
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Period
from shared.rulebook import Rulebook

PLAIN = set(FeeReportOut.model_fields) - {"percent", "late"}


def report_out(report: FeeReport, book: Rulebook) -> FeeReportOut:
    return FeeReportOut(
        **{name: getattr(report, name) for name in PLAIN},
        percent=Share(report.received_fen, report.due_fen).shown(book.scores),
        late=report.reported_at > report.due_at,
    )


async def report_detail(deed: Deed, report: FeeReport) -> FeeReportDetail:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    versions = await versions_of(deed.session, report.id)
    return FeeReportDetail(
        **dict(report_out(report, book)),
        versions=[
            FeeVersionOut(
                version=each.version,
                due_fen=each.due_fen,
                received_fen=each.received_fen,
                percent=Share(each.received_fen, each.due_fen).shown(book.scores),
                reason=each.reason,
                reported_at=each.reported_at,
            )
            for each in versions
        ],
    )


def missing_out(row: Missing, quarter: Period, book: Rulebook, now: datetime) -> MissingReportOut:
    due = due_at(quarter, book.fees)
    return MissingReportOut(**vars(row), period=quarter.name, due_at=due, overdue=now > due)
