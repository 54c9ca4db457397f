"""What a worklist is narrowed down to, and in which order it is read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.routing.clocks.domain.promises import ClockState
from shared.contracts.vocabulary import CaseStatus, Channel, Grade


class Sort(StrEnum):
    """DUE: what is due first; ACCEPTED: newest first; GRADE: gravest first, then what is due."""

    DUE = "DUE"
    ACCEPTED = "ACCEPTED"
    GRADE = "GRADE"


class WorkFilter(BaseModel):
    """Absent members narrow nothing; of several values of one member any will do.

    `place` is the beginning of a division's code or a whole grid's, `number` the beginning of a
    case number. `mine` waits for you, or for your unit where no person is named; `unit` for anybody
    of your organisation.
    """

    model_config = ConfigDict(frozen=True)

    state: tuple[CaseStatus, ...] = Field(default=(), max_length=16)
    grade: tuple[Grade, ...] = Field(default=(), max_length=3)
    clock: tuple[ClockState, ...] = Field(default=(), max_length=5)
    channel: tuple[Channel, ...] = Field(default=(), max_length=7)
    category: Annotated[str | None, Field(pattern=r"^[A-Z]{2}[0-9]{0,2}$")] = None
    place: Annotated[str | None, Field(pattern=r"^[0-9]{2,12}$|^[0-9]{15,16}$")] = None
    estate: UUID | None = None
    handler: UUID | None = None
    number: Annotated[str | None, Field(pattern=r"^[A-Z0-9-]{2,30}$")] = None
    due_before: AwareDatetime | None = None
    accepted_from: AwareDatetime | None = None
    accepted_before: AwareDatetime | None = None
    overdue: bool | None = None
    supervised: bool | None = None
    emergency: bool | None = None
    group_incident: bool | None = None
    confidential: bool | None = None
    mine: bool = False
    unit: bool = False
