"""Request and response bodies of the way to court."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.cases.schemas import Reason, Text
from services.routing.times import Moment
from shared.web.body import Body

Line = Annotated[str, Field(min_length=1, max_length=2000)]
Lines = Annotated[tuple[Line, ...], Field(max_length=50)]


class PackageIn(Body):
    """T39: what the court may know; there is no field for offers or concessions (X27)."""

    claims: Annotated[Lines, Field(min_length=1)]
    facts: Text
    evidence: Lines = ()
    undisputed_facts: Lines = ()
    cause: Annotated[str | None, Field(max_length=100)] = None
    court_id: UUID | None = None


class NotFiledIn(Body):
    reason: Reason


class PackageOut(BaseModel):
    """A hand-over package, for the court that it is addressed to."""

    id: UUID
    number: str
    stage: str
    handed_over_at: Moment | None
    court_case_number: str | None
    content: dict[str, Any]
