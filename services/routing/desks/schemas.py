"""Lines and counts of worklists; nobody's name is in them."""

from __future__ import annotations

from pydantic import BaseModel

from services.routing.cases.schemas import CaseSummary
from services.routing.clocks.domain.promises import ClockState
from services.routing.times import Moment
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.rulebook import ClockKind


class WorkItem(CaseSummary):
    """A case, and the promise that comes due next."""

    grid_code: str | None
    next_due_at: Moment | None
    next_clock: ClockKind | None
    clock_state: ClockState | None
    supervised: bool
    group_incident: bool
    urged_count: int


class CountsOut(BaseModel):
    """What is 0 is left out. Where nothing is promised, `clock` has no entry for the case, and
    where no grade is set, `grade` has none. Not `exact` is drawn from the table and scaled up.
    """

    exact: bool
    total: int
    clock: dict[ClockState, int]
    state: dict[CaseStatus, int]
    grade: dict[Grade, int]
