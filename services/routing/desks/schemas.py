"""Lines and counts of worklists; nobody's name is in them."""

from __future__ import annotations

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from services.routing.cases.schemas import CaseSummary
from services.routing.clocks.domain.promises import ClockState
from services.routing.desks.domain.bulk import MOST_CASES, Verdict
from services.routing.desks.domain.filters import Sort, WorkFilter
from services.routing.desks.domain.texts import Purpose
from services.routing.times import Moment
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.rulebook import ClockKind
from shared.web.body import Body


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


class FilterIn(WorkFilter, Body):
    """The filter of a worklist as a body."""


Title = Annotated[str, Field(min_length=1, max_length=40)]


class SavedViewIn(Body):
    """`shared`: colleagues of the organisation see it too; only its owner changes it."""

    name: Title
    filter: FilterIn
    sort: Sort = Sort.DUE
    shared: bool = False


class SavedViewOut(BaseModel):
    id: UUID
    name: str
    filter: dict[str, Any]
    sort: Sort
    shared: bool
    own: bool
    changed_at: Moment


class SavedViewsOut(BaseModel):
    items: list[SavedViewOut]


class BulkIn(Body):
    """The cases by id, or all that a filter finds; never both."""

    action: Annotated[str, Field(min_length=1, max_length=40)]
    case_ids: Annotated[tuple[UUID, ...] | None, Field(min_length=1, max_length=MOST_CASES)] = None
    filter: FilterIn | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.case_ids is None) == (self.filter is None):
            raise PydanticCustomError("one_of", "give either case_ids or filter")
        return self


class BulkItemOut(BaseModel):
    """`code` is the one of the problem that the single endpoint would answer with."""

    case_id: UUID
    number: str | None
    verdict: Verdict
    code: str | None


class BulkOut(BaseModel):
    """`counts` is how many items have each verdict."""

    id: UUID
    action: str
    executed: bool
    counts: dict[Verdict, int]
    items: list[BulkItemOut]


class WordingIn(Body):
    """Variables stand in braces, e.g. `{案件编号}`."""

    title: Title
    body: Annotated[str, Field(min_length=2, max_length=2000)]


class StandardTextIn(WordingIn):
    """Without a division it is for your own organisation."""

    purpose: Purpose
    division: Annotated[str | None, Field(pattern=r"^[0-9]{2,12}$")] = None


class StandardTextOut(BaseModel):
    id: UUID
    title: str
    purpose: Purpose
    division: str | None
    organisation_id: UUID | None
    version: int
    body: str
    written_at: Moment


class StandardTextsOut(BaseModel):
    items: list[StandardTextOut]


class RenderingOut(BaseModel):
    version: int
    text: str
