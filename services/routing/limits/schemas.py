"""Request and response bodies of returns, suspensions and extensions."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.routing.cases.schemas import Reason, Text
from services.routing.limits.domain.extending import Verdict
from services.routing.times import Moment
from shared.rulebook import SuspensionReason
from shared.web.body import Body

Code = Annotated[str, Field(pattern=r"^[A-Z_]{2,40}$")]


class ReturnIn(Body):
    """T12: which of the papers are needed, and which reasons there are, says the rulebook."""

    reason: Code | None = None
    legal_basis: Text | None = None
    suggested_unit: UUID | None = None


class ReturnDecisionIn(Body):
    """T13: to the unit or person named, by map when nobody is; `forced` designates it (指定), and
    without a name the unit that returned the case.
    """

    organisation_id: UUID | None = None
    person_id: UUID | None = None
    forced: bool = False
    reason: Reason


class SuspensionIn(Body):
    """T27: why, until when, and what is waited for."""

    reason: SuspensionReason
    until: AwareDatetime
    note: Reason


class SuspensionDecisionIn(Body):
    decision: Literal["GRANT", "DENY"]
    reason: Reason


class ResumptionIn(Body):
    """T28: what was supplied, or why the case goes on."""

    note: Text


class ExtensionIn(Body):
    """T29: how many days more, and why."""

    days: Annotated[int, Field(ge=1)]
    reason: Reason


class ExtensionDecisionIn(Body):
    """The desks before the last one endorse, the last one grants or denies."""

    decision: Verdict
    reason: Reason


class ReturnOut(BaseModel):
    """Objection and adjudication; `forced` is null until it is decided."""

    organisation_id: UUID
    person_id: UUID | None
    display_name: str
    reason: str
    reason_name: str
    legal_basis: str
    suggested_id: UUID
    suggested_name: str
    returned_at: Moment
    decided_at: Moment | None
    given_to_id: UUID | None
    given_to_name: str | None
    forced: bool | None
    ruling: str | None


class ReturnsOut(BaseModel):
    items: list[ReturnOut]


class SuspensionOut(BaseModel):
    """`paused_seconds` is there once the case has gone on."""

    organisation_id: UUID
    reason: SuspensionReason
    note: str
    until: Moment
    asked_at: Moment
    decided_at: Moment | None
    granted: bool | None
    ruling: str | None
    began_at: Moment | None
    ended_at: Moment | None
    ended_by_end: str | None
    paused_seconds: int | None


class SuspensionsOut(BaseModel):
    items: list[SuspensionOut]


class ExtensionOut(BaseModel):
    """`due_at` is the due time when it was asked, `extended_to` the one after it was granted."""

    clock: str
    days: int
    reason: str
    due_at: Moment
    asked_at: Moment
    endorsed_at: Moment | None
    decided_at: Moment | None
    granted: bool | None
    extended_to: Moment | None
    ruling: str | None


class ExtensionsOut(BaseModel):
    items: list[ExtensionOut]
