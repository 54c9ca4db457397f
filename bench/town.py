"""What an invented year is made of: its places, what it tells, and what must be counted of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from services.survey.indicators.domain.reckoning import Known
from shared.clock import BEIJING
from shared.contracts.event import Event
from shared.contracts.routing import ClockState
from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode

YEAR = 2026
BEGIN = datetime(YEAR, 1, 1, tzinfo=BEIJING)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
REPEATED_WITHIN = 90 * DAY
BOOK = "seed-2025-07-21"
CATEGORIES = [
    *((f"PF{number:02d}", Grade.MEDIUM) for number in range(1, 13)),
    *((f"NS{number:02d}", Grade.SMALL) for number in range(1, 10)),
    *((f"FR{number:02d}", Grade.MAJOR) for number in range(1, 4)),
]
RESULTS = [
    *([ResultCode.SOLVED] * 14),
    *([ResultCode.PARTLY] * 2),
    *(code for code in ResultCode if code not in {ResultCode.SOLVED, ResultCode.PARTLY}),
]
RESOLUTIONS = {
    Grade.SMALL: ("SMALL_RESOLVE", DAY),
    Grade.MEDIUM: ("MEDIUM_RESOLVE", 7 * DAY),
    Grade.MAJOR: ("MAJOR_RESULT", 30 * DAY),
}
ENDINGS = [
    *([CaseStatus.CLOSED] * 88),
    *([CaseStatus.CANCELLED] * 2),
    CaseStatus.TRANSFERRED,
    *([CaseStatus.HANDLING] * 6),
    *([CaseStatus.FEEDBACK] * 3),
]
NONE_SET: set[str] = set()

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Answer:
    """A return visit of a case that was answered, with its level."""

    case_id: UUID
    at: datetime
    level: int


@dataclass(frozen=True)
class Estate:
    id: UUID
    division: str
    community: str
    companies: tuple[UUID, UUID]
    buildings: tuple[UUID, ...]


@dataclass
class Year:
    """`events` are told and not heard yet, in the order in which they happened."""

    known: list[Known] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    complaints: int = 0


def made(kind: type[Model], /, **values: Any) -> Model:
    """As pydantic's `model_construct`, but as fast as a dictionary: half a million are made."""
    model = kind.__new__(kind)
    for name, value in (
        ("__dict__", values),
        ("__pydantic_fields_set__", NONE_SET),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(model, name, value)
    return model


def drawn_id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def kept(clock: ClockState | None) -> bool:
    return clock is not None and clock.met_at is not None and clock.met_at <= clock.due_at
