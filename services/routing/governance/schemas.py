"""Request and response bodies of joint work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.routing.cases.schemas import Text
from services.routing.governance.domain.joint_work import Kind
from services.routing.times import Moment
from shared.web.body import Body


class JointWorkIn(Body):
    """A11: who met or enforced together, when, and which cases it was about."""

    kind: Kind
    held_at: AwareDatetime
    division: Annotated[str, Field(pattern=r"^\d{4,12}$")]
    organisation_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]
    case_ids: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    summary: Text


class UnitOut(BaseModel):
    id: UUID
    name: str


class LinkedCaseOut(BaseModel):
    id: UUID
    number: str


class JointWorkOut(BaseModel):
    id: UUID
    kind: Kind
    held_at: Moment
    division: str
    units: list[UnitOut]
    summary: str
    cases: list[LinkedCaseOut]
