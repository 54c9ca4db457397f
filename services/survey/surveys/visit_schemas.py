"""What a grid worker's device sends about visits, and what it gets back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, WrapValidator, model_validator
from pydantic_core import core_schema

from services.survey.surveys.domain.answers import Mode
from services.survey.surveys.domain.visits import HouseholdStatus, Outcome
from services.survey.times import Moment
from shared.contracts.vocabulary import Relation
from shared.web.body import Body

Code = Annotated[str, Field(max_length=40)]
FIRST_YEAR, LAST_YEAR = 2000, 9998
LevelsIn = Annotated[dict[Code, int], Field(max_length=20)]


def _conceivable(at: datetime) -> datetime:
    """A clock that was reset, or that nobody set; the database keeps no such year in every zone."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("no visit was made in that year")
    return at


class DoorAnswer(Body):
    """What somebody at the door said, and as what they live there (E30)."""

    relation: Relation
    levels: LevelsIn


class VisitIn(Body):
    """`id` is a UUID made by the device, `visited_at` when it was, by the device's clock.

    ANSWERED comes with the answer, DECLINED and NOBODY_HOME without.
    """

    id: UUID
    survey_id: UUID
    house_id: UUID
    outcome: Outcome
    visited_at: Annotated[AwareDatetime, AfterValidator(_conceivable)]
    answer: DoorAnswer | None = None

    @model_validator(mode="after")
    def answer_belongs_to_answered(self) -> VisitIn:
        if (self.answer is not None) != (self.outcome is Outcome.ANSWERED):
            raise ValueError("an answer comes with the outcome ANSWERED, and only with it")
        return self


def _as_it_comes(value: Any, _: Any) -> Any:
    """One bad visit must not keep the others out, so each is judged alone."""
    return value


class VisitsIn(Body):
    """Visits in any order, of any surveys, at most as many as the rulebook says."""

    visits: Annotated[list[Annotated[VisitIn, WrapValidator(_as_it_comes)]], Field(min_length=1)]

    @classmethod
    def _from_parsed(
        cls, value: Any, handler: core_schema.ValidatorFunctionWrapHandler, _: Any
    ) -> Any:
        """The texts of a visit are judged with it."""
        return handler(value)


class VisitResult(StrEnum):
    APPLIED = "APPLIED"
    ALREADY_APPLIED = "ALREADY_APPLIED"
    CONFLICT = "CONFLICT"
    REFUSED = "REFUSED"


class StandingOut(BaseModel):
    """Which answer of the household is the valid one; never what it says."""

    mode: Mode
    given_at: Moment
    relation: Relation


class Receipt(BaseModel):
    """What became of one visit; `id` is null where none could be read.

    APPLIED and ALREADY_APPLIED: keep nothing. CONFLICT: the visit counts as a contact, but another
    answer of the household is the valid one, `standing` (a later one, or the owner's). REFUSED:
    `problem` says why; with `send_again` it may be accepted later.
    """

    id: UUID | None
    result: VisitResult
    standing: StandingOut | None = None
    problem: dict[str, Any] | None = None
    send_again: bool = False


class ReceiptsOut(BaseModel):
    """Receipts in the order of the visits; set the device's clock by `now`."""

    now: Moment
    receipts: list[Receipt]


class HouseholdOut(BaseModel):
    """A door on the worker's list, and whether somebody has to go there; not what was answered."""

    house_id: UUID
    grid_code: str
    building: str
    unit: str
    room: str
    status: HouseholdStatus
    tries: int
