"""Reporting the fees of a quarter, and correcting a report: the old version stays."""

from __future__ import annotations

from uuid import UUID

from services.survey.copies.tables import EstateCopy
from services.survey.deed import Deed
from services.survey.fees.domain.amounts import Amounts, refuse_implausible
from services.survey.fees.domain.quarters import due_at, refuse_unfinished
from services.survey.fees.queries import is_reported
from services.survey.fees.tables import FeeReport, FeeReportVersion
from services.survey.indicators.domain.spans import Period
from shared.audit import append
from shared.errors import Conflict
from shared.ids import new_id


class FeesReported(Conflict):
    """The fees of this quarter are reported; correct the report."""

    code = "FEES_REPORTED"
    chinese = "该季度收费情况已报送，如需更正请提交更正报告。"


class FeeReportChanged(Conflict):
    """The report was corrected meanwhile; `version` is the newest."""

    code = "FEE_REPORT_CHANGED"
    chinese = "该报告已被更正，请刷新后再提交。"


async def report(
    deed: Deed, estate: EstateCopy, company_id: UUID, told: tuple[Period, Amounts]
) -> FeeReport:
    """The estate is locked. Raises QuarterNotOver, ReceivedAboveDue, AmountTooLarge or
    FeesReported.
    """
    quarter, amounts = told
    rules = deed.runtime.rulebooks.in_force_at(deed.at).fees
    refuse_unfinished(quarter, deed.at)
    refuse_implausible(amounts, rules)
    if await is_reported(deed.session, estate.id, company_id, quarter.name):
        raise FeesReported(period=quarter.name)
    filed = FeeReport(
        id=new_id(),
        version=1,
        estate_id=estate.id,
        estate_name=estate.display_name,
        company_id=company_id,
        division=estate.division,
        community=estate.community or estate.division,
        period=quarter.name,
        since=quarter.span.since,
        until=quarter.span.until,
        due_at=due_at(quarter, rules),
        reported_at=deed.at,
        **vars(amounts),
    )
    deed.session.add(filed)
    await deed.session.flush()
    _keep(deed, filed, amounts, "fees.reported", None)
    return filed


async def correct(
    deed: Deed, filed: FeeReport, replaces: int, amounts: Amounts, reason: str
) -> None:
    """Raises FeeReportChanged, ReceivedAboveDue or AmountTooLarge."""
    if replaces != filed.version:
        raise FeeReportChanged(version=filed.version)
    refuse_implausible(amounts, deed.runtime.rulebooks.in_force_at(deed.at).fees)
    filed.version += 1
    filed.due_fen, filed.received_fen = amounts.due_fen, amounts.received_fen
    _keep(deed, filed, amounts, "fees.corrected", reason)


def _keep(deed: Deed, filed: FeeReport, amounts: Amounts, action: str, reason: str | None) -> None:
    deed.session.add(
        FeeReportVersion(
            report_id=filed.id,
            version=filed.version,
            **vars(amounts),
            reason=reason,
            reported_by=deed.actor.id,
            reported_at=deed.at,
        )
    )
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="fee_report",
        subject_id=filed.id,
        at=deed.at,
        details={"period": filed.period, "version": filed.version, **vars(amounts)},
        reason=reason,
    )
