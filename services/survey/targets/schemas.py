"""Targets and assessments as they are shown and set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from services.survey.indicators.domain.shares import WITHHELD, Share
from services.survey.targets.domain.status import TargetStatus
from services.survey.times import Moment
from shared.rulebook.sections.survey import Scores
from shared.web.body import Body


class FigureOut(BaseModel):
    """`percent` is “—” where there is nothing to divide by (facts 2.11). `hidden`: it is of so few
    answers that it would tell what somebody said.
    """

    numerator: int | None
    denominator: int | None
    percent: str
    hidden: bool = False

    @classmethod
    def of(cls, share: Share, scores: Scores, *, hidden: bool) -> FigureOut:
        if hidden:
            return cls(numerator=None, denominator=None, percent=WITHHELD, hidden=True)
        return cls(
            numerator=share.numerator, denominator=share.denominator, percent=share.shown(scores)
        )


class TargetOut(BaseModel):
    """D15. `figure` is that of `period` in `scope`; absent where nobody here counts it."""

    code: str
    name: str
    comparator: str
    percent: Decimal
    due: date
    scope: str
    period: str
    figure: FigureOut | None
    status: TargetStatus


class TargetsOut(BaseModel):
    as_of: Moment
    items: list[TargetOut]


class AssessmentIn(Body):
    """A17: 0.1 is a tenth."""

    weight: Annotated[Decimal, Field(max_digits=4, decimal_places=3, ge=0, le=9)]


class IndicatorOut(FigureOut):
    code: str
    name: str


class AssessmentOut(BaseModel):
    """`weight` is absent, and `version` 0, until somebody has set it; `indicators` are the core
    figures of the street in that year (D11).
    """

    street: str
    year: int
    version: int
    weight: Decimal | None
    weight_at_least: Decimal
    set_at: Moment | None
    indicators: list[IndicatorOut]
