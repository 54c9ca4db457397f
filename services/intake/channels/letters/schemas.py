"""The preview of a sheet of letters, and what became of each when it was confirmed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from services.intake.channels.domain.letters import Outcome
from services.intake.channels.tables import LetterSheet
from shared.clock import BEIJING


class SheetStatus(StrEnum):
    """READY can be confirmed until it expires; FAULTY cannot."""

    READY = "READY"
    FAULTY = "FAULTY"
    APPLIED = "APPLIED"


class LetterCounts(BaseModel):
    NEW: int
    KNOWN: int


class LetterFault(BaseModel):
    """`row` as the office program numbers it, `field` the heading of its column."""

    row: int
    field: str | None
    code: str
    title: str
    detail: str


class LetterOutcome(BaseModel):
    """`letter` is the register number; FILED has a `number`, REFUSED a `code`."""

    row: int
    letter: str
    outcome: Outcome
    complaint_id: UUID | None = None
    number: str | None = None
    code: str | None = None
    title: str | None = None


class LetterSheetOut(BaseModel):
    id: UUID
    status: SheetStatus
    rows: int
    counts: LetterCounts
    faults: list[LetterFault]
    faults_left_out: int
    outcome: list[LetterOutcome]
    made_at: datetime
    expires_at: datetime
    applied_at: datetime | None

    @classmethod
    def of(cls, sheet: LetterSheet) -> LetterSheetOut:
        return cls.model_validate(
            sheet.preview
            | {
                "id": sheet.id,
                "status": _status(sheet),
                "outcome": sheet.outcome or [],
                "made_at": sheet.made_at.astimezone(BEIJING),
                "expires_at": sheet.expires_at.astimezone(BEIJING),
                "applied_at": sheet.applied_at.astimezone(BEIJING) if sheet.applied_at else None,
            }
        )


def _status(sheet: LetterSheet) -> SheetStatus:
    if sheet.applied_at is not None:
        return SheetStatus.APPLIED
    return SheetStatus.FAULTY if sheet.preview["faults"] else SheetStatus.READY
