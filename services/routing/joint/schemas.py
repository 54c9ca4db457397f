"""Request and response bodies of joint handling."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.routing.cases.schemas import Proofs, Reason, Text
from services.routing.times import Moment
from shared.contracts.vocabulary import ResultCode
from shared.web.body import Body


class JointIn(Body):
    """T21: lead and members, or neither for the proposal of the category table."""

    lead: UUID | None = None
    members: Annotated[tuple[UUID, ...], Field(max_length=30)] = ()

    @model_validator(mode="after")
    def members_have_a_lead(self) -> JointIn:
        if self.members and self.lead is None:
            raise ValueError("members need a lead")
        return self


class PlanIn(Body):
    plan: Annotated[str, Field(min_length=1, max_length=20_000)]


class MemberResultIn(Body):
    result_code: ResultCode
    text: Text
    proofs: Proofs = ()


class ReleaseIn(Body):
    organisation_id: UUID
    reason: Reason


class CompletionIn(Body):
    """T23: the consolidated result."""

    result_code: ResultCode
    text: Text
    proofs: Proofs = ()


class MemberOut(BaseModel):
    organisation_id: UUID
    display_name: str
    result_code: ResultCode | None
    text: str | None
    proofs: list[str]
    filed_at: Moment | None
    released_at: Moment | None


class JointOut(BaseModel):
    stage: str
    lead_id: UUID
    opened_at: Moment
    convened_at: Moment | None
    planned_at: Moment | None
    plan: str | None
    completed_at: Moment | None
    members: list[MemberOut]
