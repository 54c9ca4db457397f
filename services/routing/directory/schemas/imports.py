"""The preview of an import: how much is new or other, and what is wrong, row by row."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from services.routing.directory.tables import ImportDraft
from services.routing.times import Moment


class ImportStatus(StrEnum):
    """READY can be confirmed until it expires; FAULTY cannot."""

    READY = "READY"
    FAULTY = "FAULTY"
    APPLIED = "APPLIED"


class Changes(BaseModel):
    NEW: int = 0
    CHANGED: int = 0
    UNCHANGED: int = 0


class Counts(BaseModel):
    estates: Changes
    buildings: Changes
    houses: Changes


class FaultOut(BaseModel):
    """`row` as the office program numbers it, `field` the heading of its column."""

    row: int
    field: str | None
    code: str
    title: str
    detail: str


class ImportOut(BaseModel):
    """`counts` leave out the rows that are at fault."""

    id: UUID
    status: ImportStatus
    rows: int
    counts: Counts
    faults: list[FaultOut]
    faults_left_out: int
    made_at: Moment
    expires_at: Moment
    applied_at: Moment | None

    @classmethod
    def of(cls, row: ImportDraft) -> ImportOut:
        own = row.model_dump(include={"id", "made_at", "expires_at", "applied_at"})
        return cls.model_validate(own | row.preview | {"status": _status(row)})


def _status(row: ImportDraft) -> ImportStatus:
    if row.applied_at is not None:
        return ImportStatus.APPLIED
    return ImportStatus.FAULTY if row.preview["faults"] else ImportStatus.READY
