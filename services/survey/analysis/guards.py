"""Who may analyse what, and load which monthly report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from services.survey.analysis.domain.policies import (
    AnalystsOnly,
    ConvenorsOnly,
    NotYourAnalysis,
    NotYourMeasure,
    analyses_at_all,
    convenes_at_all,
    may_complete,
    may_convene,
    reach_of,
)
from services.survey.analysis.monthly import analysis_of, measure_of
from services.survey.analysis.tables import AnalysisMeasure, MonthlyAnalysis
from services.survey.deed import DeedDep
from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.policies import PlaceNotYours
from services.survey.indicators.domain.spans import Period
from services.survey.indicators.sources.asking import Ask
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, Now

Division = Annotated[str | None, Query(pattern=r"^[0-9]{2,12}$")]


@dataclass(frozen=True)
class Question:
    """A period, and the disputes of it that the reader asks about and sees."""

    period: Period
    ask: Ask


def analyst(actor: CurrentActor) -> Actor:
    """Raises AnalystsOnly."""
    if not analyses_at_all(actor):
        raise AnalystsOnly
    return actor


def convenor(actor: CurrentActor) -> Actor:
    """Raises ConvenorsOnly."""
    if not convenes_at_all(actor):
        raise ConvenorsOnly
    return actor


def place(
    division: Division = None, estate_id: UUID | None = None, company_id: UUID | None = None
) -> Place:
    return Place(division, estate_id, company_id)


def question(
    actor: Annotated[Actor, Depends(analyst)],
    where: Annotated[Place, Depends(place)],
    now: Now,
    period: Annotated[str | None, Query(max_length=10)] = None,
) -> Question:
    """Without a period, the month that runs. Raises PeriodInvalid or PlaceNotYours."""
    if where.division is not None and not actor.scope.covers_division(where.division):
        raise PlaceNotYours
    wanted = Period.around("MONTH", now) if period is None else Period.named(period)
    return Question(wanted, Ask(wanted.span, where, reach=reach_of(actor)))


async def analysis_to_read(analysis_id: UUID, deed: DeedDep) -> MonthlyAnalysis:
    """Raises AnalysisNotFound."""
    return await analysis_of(deed.session, deed.actor, analysis_id)


async def analysis_to_convene(
    analysis_id: UUID, actor: Annotated[Actor, Depends(convenor)], deed: DeedDep
) -> MonthlyAnalysis:
    """Locked: measures and conclusion come one after the other.

    Raises AnalysisNotFound or NotYourAnalysis.
    """
    found = await analysis_of(deed.session, actor, analysis_id, lock=True)
    if not may_convene(actor, found.division, found.companies):
        raise NotYourAnalysis
    return found


async def measure_to_change(
    measure_id: UUID, analysis: AnalysisToConvene, deed: DeedDep
) -> AnalysisMeasure:
    """Raises MeasureNotFound."""
    return await measure_of(deed.session, analysis.id, measure_id)


async def analysis_to_carry_out(analysis_id: UUID, deed: DeedDep) -> MonthlyAnalysis:
    """Raises AnalysisNotFound."""
    return await analysis_of(deed.session, deed.actor, analysis_id, lock=True)


async def measure_to_complete(
    measure_id: UUID, analysis: AnalysisToCarryOut, deed: DeedDep
) -> AnalysisMeasure:
    """Raises MeasureNotFound or NotYourMeasure."""
    found = await measure_of(deed.session, analysis.id, measure_id)
    convenes = may_convene(deed.actor, analysis.division, analysis.companies)
    if not may_complete(deed.actor, found.owner_id, convenes=convenes):
        raise NotYourMeasure
    return found


QuestionDep = Annotated[Question, Depends(question)]
AnalysisToRead = Annotated[MonthlyAnalysis, Depends(analysis_to_read)]
AnalysisToConvene = Annotated[MonthlyAnalysis, Depends(analysis_to_convene)]
AnalysisToCarryOut = Annotated[MonthlyAnalysis, Depends(analysis_to_carry_out)]
MeasureToChange = Annotated[AnalysisMeasure, Depends(measure_to_change)]
MeasureToComplete = Annotated[AnalysisMeasure, Depends(measure_to_complete)]
