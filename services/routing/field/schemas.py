"""What the field app gives and gets; what it does offline is in operations.py beside this."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.routing.cases.schemas import CaseSummary, Text
from services.routing.field.domain.worklist import Light, Step
from services.routing.mediation.domain.consent import Side
from services.routing.times import Moment
from shared.contracts.vocabulary import Grade
from shared.web.body import Body

Persons = Annotated[str, Field(min_length=1, max_length=200)]
Means = Annotated[str, Field(min_length=1, max_length=100)]
PhotoIds = Annotated[tuple[UUID, ...], Field(max_length=20)]


class PersuasionIn(Body):
    """X43: who was talked to, when, about what; `heeded` false proposes MEDIUM (U27)."""

    at: AwareDatetime
    persons: Persons
    what: Text
    place: Annotated[str | None, Field(max_length=200)] = None
    heeded: bool = True
    photos: PhotoIds = ()


class ContactIn(Body):
    """X22: an attempt to reach a party; a household by its house, never by a name."""

    at: AwareDatetime
    means: Means
    reached: bool
    party: Side
    house_id: UUID | None = None
    note: Annotated[str | None, Field(max_length=1000)] = None


class Outcome(StrEnum):
    APPLIED = "APPLIED"
    ALREADY_APPLIED = "ALREADY_APPLIED"
    CONFLICT = "CONFLICT"
    REFUSED = "REFUSED"


class ChangeOut(BaseModel):
    """Something that others did since the version you saw."""

    version: int
    action: str
    row: str
    at: Moment
    actor_end: str


class AnswerOut(BaseModel):
    """What became of one operation; `id` is null where none could be read.

    APPLIED and ALREADY_APPLIED: keep nothing, `case` is the case after it. CONFLICT: `case` is
    the case now, `changes` what stands against it. REFUSED: `problem` says why; with
    `send_again` the same operation may be accepted later (the case is not there yet, or not yet in
    a state that allows it), without it never.
    """

    id: UUID | None
    outcome: Outcome
    case: CaseSummary | None = None
    changes: list[ChangeOut] = []
    problem: dict[str, Any] | None = None
    send_again: bool = False


class SyncOut(BaseModel):
    """Answers in the order of the operations; set the device's clock by `now`."""

    now: Moment
    answers: list[AnswerOut]


class DeadlineOut(BaseModel):
    code: str
    kind: str
    name: str
    due_at: Moment
    light: Light


class TodayOut(CaseSummary):
    """A case that waits for you: the next deadline, how urgent it is, and what to do."""

    building_id: UUID | None
    due_at: Moment | None
    light: Light | None
    deadlines: list[DeadlineOut]
    next_step: Step
    next_step_name: str
    scheduled_for: Moment | None


class FeedItem(BaseModel):
    """A case that changed. `gone`: you do not see it any more; forget it, no matter when."""

    id: UUID
    gone: bool
    version: int | None = None
    case: CaseSummary | None = None


class FeedOut(BaseModel):
    """`cursor` leads on from here, also when `items` is empty. `more`: ask again at once.

    `reset`: what you can see has changed; forget every case, this is the beginning of a new list.
    """

    items: list[FeedItem]
    cursor: str
    more: bool
    reset: bool
    now: Moment


class PhotoOut(BaseModel):
    """`arrived` is false while a record names a photograph that has not been uploaded yet."""

    id: UUID
    arrived: bool
    kind: str | None = None
    taken_at: Moment | None = None
    media_type: str | None = None
    size: int | None = None


class PhotosOut(BaseModel):
    items: list[PhotoOut]


class PersuasionOut(BaseModel):
    at: Moment
    persons: str
    place: str | None
    what: str
    heeded: bool
    recorded_at: Moment


class PersuasionsOut(BaseModel):
    """`proposed_grade`: persuasion failed, so a person may raise the case (U27)."""

    items: list[PersuasionOut]
    proposed_grade: Grade | None


class ContactOut(BaseModel):
    at: Moment
    means: str
    reached: bool
    party: Side
    house_id: UUID | None
    note: str | None
    recorded_at: Moment


class InVainOut(BaseModel):
    """Attempts since the party was last reached, and on how many days (X22)."""

    party: Side
    contacts: int
    days: int


class ContactsOut(BaseModel):
    """`in_vain` names the parties that have not been reached since."""

    items: list[ContactOut]
    in_vain: list[InVainOut]
