"""A monthly report as its readers see it."""

from __future__ import annotations

from services.survey.analysis.domain.measures import is_overdue
from services.survey.analysis.findings import Findings
from services.survey.analysis.monthly import measures_of
from services.survey.analysis.monthly_schemas import (
    MeasureOut,
    MonthlyAnalysisDetail,
    MonthlyAnalysisOut,
)
from services.survey.analysis.tables import AnalysisMeasure, MonthlyAnalysis
from services.survey.deed import Deed
from shared.clock import BEIJING

PLAIN = set(MonthlyAnalysisOut.model_fields)
MEASURE = set(MeasureOut.model_fields) - {"overdue"}


def analysis_out(report: MonthlyAnalysis) -> MonthlyAnalysisOut:
    return MonthlyAnalysisOut.model_validate(report)


async def analysis_detail(deed: Deed, report: MonthlyAnalysis) -> MonthlyAnalysisDetail:
    planned = await measures_of(deed.session, report.id)
    return MonthlyAnalysisDetail(
        **{name: getattr(report, name) for name in PLAIN},
        conclusion=report.conclusion,
        findings=Findings.model_validate(report.findings),
        measures=[_measure_out(deed, each) for each in planned],
    )


def _measure_out(deed: Deed, measure: AnalysisMeasure) -> MeasureOut:
    today = deed.at.astimezone(BEIJING).date()
    return MeasureOut(
        **{name: getattr(measure, name) for name in MEASURE},
        overdue=is_overdue(measure.state, measure.due_on, today),
    )
