"""Request and response bodies of rectifications and prompts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.routing.cases.schemas import Proof, Reason, Text
from services.routing.governance.domain.rectification import Cause, Stage
from services.routing.times import Moment
from shared.web.body import Body


class RectificationIn(Body):
    """E07: the talk that was held, and what has to be mended."""

    company_id: UUID
    estate_id: UUID
    cause: Cause
    talk_held_at: AwareDatetime
    demands: Text


class ProofIn(Body):
    text: Text
    proofs: Annotated[tuple[Proof, ...], Field(min_length=1, max_length=50)]


class DecisionIn(Body):
    """A rejection needs its reason."""

    decision: Literal["ACCEPT", "REJECT"]
    reason: Reason | None = None


class RectificationOut(BaseModel):
    id: UUID
    version: int
    company_id: UUID
    estate_id: UUID
    cause: Cause
    stage: Stage
    demands: str
    talk_held_at: Moment
    due_at: Moment
    extended: bool
    answer: str | None
    proofs: list[str]
    proven_at: Moment | None
    review: str | None
    accepted_at: Moment | None
    overdue: bool


class TalkIn(Body):
    """The talk that was held upon a prompt, and what has to be mended."""

    talk_held_at: AwareDatetime
    demands: Text


class ScoreOut(BaseModel):
    period: str
    score: Decimal


class TalkPromptOut(BaseModel):
    """`reopened` cases within the period (3.6), or `scores` in a row (E07), the newest last, or the
    one that is poor (E26). `period` is the half-year it is about.

    `rectification_id` is there once a talk was held upon it.
    """

    id: UUID
    cause: Cause
    company_id: UUID
    estate_id: UUID
    reopened: int
    survey_id: UUID | None
    evaluation_id: UUID | None
    period: str | None
    scores: list[ScoreOut]
    at: Moment
    rectification_id: UUID | None
