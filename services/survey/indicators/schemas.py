"""Figures as they are given: each with numerator, denominator, period and place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from services.survey.indicators.domain.formulas import By, Code
from services.survey.indicators.domain.places import Level
from services.survey.times import Moment
from shared.contracts.vocabulary import CaseStatus, Grade


class FigureOut(BaseModel):
    """`percent` is absent where there is nothing to divide by: show “—”. `hidden`: it would tell
    what few people answered, or a company what it was answered. `by`: what of a case lies in the
    period.
    """

    code: Code
    chinese: str
    by: By
    numerator: int | None
    denominator: int | None
    percent: Decimal | None
    hidden: bool = False


class StandingOut(BaseModel):
    """`accepted` and `closed` in the period; `open` and `overdue` now. The means are in seconds,
    from acceptance to the first dispatch and to the final feedback, of those in the period.
    """

    accepted: int
    closed: int
    open: int
    overdue: int
    mean_until_dispatch: int | None
    mean_until_feedback: int | None


class PlaceOut(BaseModel):
    """`code` is a division's, or the id of an estate or a company; empty for what is known to lie
    in none. A `name` is absent while nobody has told it.
    """

    level: Level | None
    code: str
    name: str | None


class PlaceFiguresOut(BaseModel):
    place: PlaceOut
    figures: list[FigureOut]
    standing: StandingOut


class IndicatorsOut(BaseModel):
    """Live figures from `since` to before `until`; a running period ends now."""

    period: str | None
    since: Moment
    until: Moment
    computed_at: Moment
    place: PlaceOut
    figures: list[FigureOut]
    standing: StandingOut
    places: list[PlaceFiguresOut] | None = None


class MemberOut(BaseModel):
    """A case below the line; `counted` says whether it is above it as well, except of satisfaction:
    this list does not say what somebody answered.
    """

    case_id: UUID
    case_number: str
    category: str
    category_name: str
    grade: Grade | None
    state: CaseStatus
    estate_id: UUID
    estate_name: str
    division: str
    accepted_at: Moment
    closed_at: Moment | None
    counted: bool | None


class ScoreOut(BaseModel):
    """The newest published satisfaction survey of the estate (E04–E06)."""

    survey_id: UUID
    period: str
    score: Decimal
    published_at: Moment


class EstateFiguresOut(BaseModel):
    """A19: how an estate stands now. `due` is when all of the city is to be connected."""

    place: PlaceOut
    computed_at: Moment
    period: str
    standing: StandingOut
    figures: list[FigureOut]
    score: ScoreOut | None
    due: date | None


class StreetOfficeOut(BaseModel):
    """`warning`: the office has fewer or more people than the rulebook asks for; no error (A15)."""

    division: str
    name: str
    has_office: bool
    staff_count: int | None
    warning: bool


class StreetOfficesOut(BaseModel):
    figure: FigureOut
    items: list[StreetOfficeOut]
