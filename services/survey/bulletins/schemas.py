"""Request and response bodies of drafting; what the public gets is in public_schemas.py."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.survey.bulletins.domain.content import BulletinContent, Kind
from services.survey.bulletins.domain.lifecycle import EditionStatus
from services.survey.times import Moment
from shared.web.body import Body

Division = Annotated[str, Field(pattern=r"^([0-9]{4}|[0-9]{6})$")]
Period = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9A-Z]{2})?$")]
SoughtPeriod = Annotated[str, Field(pattern=r"^2[0-9]{3}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$")]
Paragraph = Annotated[str, Field(min_length=1)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]


class DraftIn(Body):
    """`period` e.g. 2026-Q1 for BULLETIN, 2026-H1 for QUALITY_REPORT; `division` of four digits is
    the city, of six a county. `reason` is asked for where an edition is public already.
    """

    kind: Kind
    period: Period
    division: Division
    reason: Reason | None = None


class NotesIn(Body):
    """The officer's paragraphs by section; `requirements` replace the usual ones. `version` is that
    of the draft that was read.
    """

    version: Annotated[int, Field(ge=1)]
    overview: list[Paragraph] = Field(default_factory=list, max_length=50)
    problems: list[Paragraph] = Field(default_factory=list, max_length=50)
    requirements: list[Paragraph] = Field(default_factory=list, max_length=50)


class ApprovalIn(Body):
    """`version` is that of the draft that was read."""

    version: Annotated[int, Field(ge=1)]


class ReasonIn(Body):
    reason: Reason


class NotesOut(BaseModel):
    overview: list[str]
    problems: list[str]
    requirements: list[str]


class EditionOut(BaseModel):
    """`id` is that of the edition; `link` its public page, once it is published."""

    id: UUID
    version: int
    state: EditionStatus
    bulletin_id: UUID
    kind: Kind
    title: str
    period: str
    division: str
    edition: int
    reason: str | None
    returned_because: str | None
    drafted_at: Moment
    computed_at: Moment
    approved_at: Moment | None
    published_at: Moment | None
    sha256: str
    link: str | None


class EditionDetail(EditionOut):
    """`mine`: you drafted or edited it, so somebody else approves it."""

    mine: bool
    notes: NotesOut
    content: BulletinContent
