"""Bodies of ratings of either kind (E09, E13)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.survey.ratings.domain.kinds import Direction, Part
from services.survey.ratings.domain.lifecycle import Invalidity, RatingStatus
from services.survey.surveys.visit_schemas import LevelsIn
from services.survey.times import Moment
from shared.web.body import Body

PeriodIn = Annotated[str, Field(min_length=7, max_length=7)]


class RatingIn(Body):
    """`period` is a quarter, e.g. 2026-Q1. The other direction is switched off (U06)."""

    estate_id: UUID
    period: PeriodIn
    direction: Direction = Direction.OF_THE_COMPANY


class CommitteeRatingIn(Body):
    """`period` is a half-year, e.g. 2026-H1."""

    estate_id: UUID
    period: PeriodIn


class MarksIn(Body):
    """One mark per indicator of the form, on its scale."""

    marks: LevelsIn


class MemberIn(Body):
    """`person_id` is a staff account, of a representative the id of the appointment."""

    part: Part
    person_id: UUID


class SeatIn(Body):
    """`without_stake`: I do not sit on the owners' committee and have no stake in it (A13)."""

    without_stake: bool


class ResultOut(BaseModel):
    """The same figures for everybody. `averages` per indicator are absent where they would tell
    what single people gave.
    """

    raters: int
    score: Decimal
    averages: dict[str, Decimal] | None


class RatingHead(BaseModel):
    """`form` is the version to ask for at `/rating-forms/{version}`; `overdue`: the time for marks
    is over, and somebody should close it. `result` is there once published, for those who conduct
    it once counted.
    """

    id: UUID
    version: int
    state: RatingStatus
    estate_id: UUID
    estate_name: str
    division: str
    period: str
    form: str
    opened_at: Moment | None
    closes_at: Moment | None
    closed_at: Moment | None
    published_at: Moment | None
    invalid_because: Invalidity | None
    overdue: bool
    result: ResultOut | None


class OwnMarksOut(BaseModel):
    """What you gave yourself; nobody else is shown it."""

    given_at: Moment
    marks: dict[str, int]


class RatingOut(RatingHead):
    """A quarterly rating of the company by representatives (E09)."""

    company_id: UUID


class RatingProgressOut(BaseModel):
    """How many may rate at this moment, and how many did; for those who conduct it."""

    representatives: int
    rated: int
    raters_at_least: int


class RatingDetail(RatingOut):
    progress: RatingProgressOut | None
    own: OwnMarksOut | None


class CommitteeRatingOut(RatingHead):
    """A half-yearly rating of the owners' committee, to be looked at before a re-election. Nothing
    follows from it by itself, and there is no quota of any kind (E14, U12).
    """

    automatic_effect: Literal[False] = False


class SeatOut(BaseModel):
    """`person_id` as it was named; whether somebody marked, never what."""

    id: UUID
    part: Part
    person_id: UUID
    taken: bool
    marked: bool


class OwnSeatOut(BaseModel):
    id: UUID
    part: Part
    taken_at: Moment | None
    own: OwnMarksOut | None


class CommitteeRatingDetail(CommitteeRatingOut):
    """`seats` for those who lead it, `seat` for whoever is named for the panel."""

    seats: list[SeatOut]
    seat: OwnSeatOut | None


def own_marks(given_at: datetime | None, marks: dict[str, int] | None) -> OwnMarksOut | None:
    if given_at is None or marks is None:
        return None
    return OwnMarksOut(given_at=given_at, marks=marks)
