"""What the ledger is narrowed down to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.intake.complaints.domain.doors import DoorKind
from shared.clock import BEIJING
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, Grade, ResultCode


class LedgerFilter(BaseModel):
    """Absent members narrow nothing; of several values of one member any will do.

    `month` is a month in Beijing, e.g. 2026-03; `place` the beginning of a division's code. Time is
    that of the submission.
    """

    model_config = ConfigDict(frozen=True)

    month: Annotated[str | None, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")] = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    place: Annotated[str | None, Field(pattern=r"^[0-9]{2,12}$")] = None
    estate: UUID | None = None
    state: tuple[ComplaintStatus, ...] = Field(default=(), max_length=6)
    case_state: tuple[CaseStatus, ...] = Field(default=(), max_length=16)
    grade: tuple[Grade, ...] = Field(default=(), max_length=3)
    door: tuple[DoorKind, ...] = Field(default=(), max_length=9)
    result: tuple[ResultCode, ...] = Field(default=(), max_length=9)
    category: Annotated[str | None, Field(pattern=r"^[A-Z]{2}[0-9]{0,2}$")] = None
    number: Annotated[str | None, Field(pattern=r"^[A-Z0-9-]{2,30}$")] = None
    overdue: bool | None = None


def month_of(month: str) -> tuple[datetime, datetime]:
    """From its first instant to the first of the next."""
    year, number = map(int, month.split("-"))
    first = datetime(year, number, 1, tzinfo=BEIJING)
    return first, datetime(year + number // 12, number % 12 + 1, 1, tzinfo=BEIJING)
