"""The meeting works through a report: measures with owners, their proof, the conclusion (C08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.survey.analysis.domain import lifecycle, measures
from services.survey.analysis.domain.lifecycle import AnalysisAction, refuse_concluded, refuse_unfit
from services.survey.analysis.domain.measures import (
    MeasureAction,
    MeasureWithoutOwnerYet,
    refuse_done,
    refuse_past,
    refuse_unknown_owner,
)
from services.survey.analysis.monthly import measures_of
from services.survey.analysis.tables import AnalysisMeasure, MonthlyAnalysis
from services.survey.copies.tables import OrganisationCopy
from services.survey.deed import Deed
from services.survey.indicators.domain.spans import span_of
from shared.audit import append
from shared.clock import BEIJING
from shared.errors import Invalid
from shared.ids import new_id


class HeldOnImpossible(Invalid):
    """The meeting was held after the month it is about, and not in the future."""

    code = "HELD_ON_IMPOSSIBLE"
    chinese = "研判会日期应在报告月份之后，且不晚于今天。"


@dataclass(frozen=True)
class Plan:
    """What is to be done, by whom (so far as it is known), until when."""

    action: str
    owner_organisation_id: UUID | None
    owner_id: UUID | None
    due_on: date


async def add(deed: Deed, report: MonthlyAnalysis, plan: Plan) -> AnalysisMeasure:
    """Raises AnalysisConcluded, DueInThePast or OwnerUnknown."""
    refuse_concluded(report.state)
    refuse_past(plan.due_on, _today(deed))
    await _refuse_unknown_owner(deed, plan)
    measure = AnalysisMeasure(
        id=new_id(),
        analysis_id=report.id,
        **vars(plan),
        added_by=deed.actor.id,
        added_at=deed.at,
    )
    deed.session.add(measure)
    _note(deed, report, "analysis.measure_added", measure)
    await deed.session.flush()
    return measure


async def change(deed: Deed, report: MonthlyAnalysis, measure: AnalysisMeasure, plan: Plan) -> None:
    """Raises AnalysisConcluded, MeasureDone, DueInThePast or OwnerUnknown."""
    refuse_concluded(report.state)
    refuse_done(measure.state)
    refuse_past(plan.due_on, _today(deed))
    await _refuse_unknown_owner(deed, plan)
    measure.sqlmodel_update(vars(plan))
    _note(deed, report, "analysis.measure_changed", measure)


async def complete(
    deed: Deed, report: MonthlyAnalysis, measure: AnalysisMeasure, proof: str
) -> None:
    """Before the conclusion or after it. Raises MeasureWithoutOwnerYet or MeasureDone."""
    if measure.owner_id is None:
        raise MeasureWithoutOwnerYet
    measure.state = measures.advance(measure.state, MeasureAction.COMPLETE)
    measure.proof, measure.done_by, measure.done_at = proof, deed.actor.id, deed.at
    _note(deed, report, "analysis.measure_done", measure)


async def conclude(deed: Deed, report: MonthlyAnalysis, held_on: date, conclusion: str) -> None:
    """Raises AnalysisConcluded, AnalysisWithoutMeasures, MeasureWithoutOwner, HeldOnImpossible."""
    refuse_concluded(report.state)
    planned = await measures_of(deed.session, report.id)
    refuse_unfit([(each.id, each.owner_id) for each in planned])
    if not span_of(report.period).until.date() <= held_on <= _today(deed):
        raise HeldOnImpossible
    report.state = lifecycle.advance(report.state, AnalysisAction.CONCLUDE)
    report.held_on, report.conclusion = held_on, conclusion
    report.concluded_by, report.concluded_at = deed.actor.id, deed.at
    _note(deed, report, "analysis.concluded")


async def _refuse_unknown_owner(deed: Deed, plan: Plan) -> None:
    """Persons of an organisation are known to the directory alone."""
    id = plan.owner_organisation_id
    known = await deed.session.get(OrganisationCopy, id) if id else None
    refuse_unknown_owner(named=id is not None, active=known is not None and known.active)


def _today(deed: Deed) -> date:
    return deed.at.astimezone(BEIJING).date()


def _note(
    deed: Deed, report: MonthlyAnalysis, action: str, measure: AnalysisMeasure | None = None
) -> None:
    """What is to be done stands in the table; the log keeps who, which, and until when."""
    details = {"period": report.period, "division": report.division}
    if measure is not None:
        details |= {"measure": str(measure.id), "due_on": measure.due_on.isoformat()}
        details |= {"owner": str(measure.owner_id)}
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="monthly_analysis",
        subject_id=report.id,
        at=deed.at,
        details=details,
    )
