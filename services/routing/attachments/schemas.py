"""What is told of the files of a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel


class CaseFileOut(BaseModel):
    """`complaint` is the number of the complaint that it belongs to, `size` in bytes."""

    id: UUID
    complaint: str
    kind: str
    media_type: str
    size: int


class CaseFilesOut(BaseModel):
    """`withheld` counts those that only the reviewing desk may see (X15, X16)."""

    items: list[CaseFileOut]
    withheld: int


class AddressOut(BaseModel):
    """Good without a token until `expires_at`; for this one file."""

    address: str
    expires_at: datetime
