"""What is asked before filing, and what neighbours have reported."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.complaints.schemas import CategoryCode, Title
from shared.web.body import Body


class Sketch(Body):
    """What is being written; nothing of it is kept."""

    estate_id: UUID
    building_id: UUID | None = None
    title: Title | None = None
    text: Annotated[str, Field(max_length=5000)] = ""
    category: CategoryCode | None = None


class SimilarOut(BaseModel):
    """A problem that neighbours reported. `join` goes into `joins` of the own complaint.

    `title` is there where its words may be read by others, without numbers; never of a reporter
    who is hidden.
    """

    join: UUID
    category: str | None
    category_name: str | None
    reported_on: date
    place: str
    households: int
    state_name: str
    title: str | None


class SimilarsOut(BaseModel):
    items: list[SimilarOut]
