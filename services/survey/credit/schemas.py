"""What the credit file takes and shows."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.survey.credit.domain.consequences import ConsequenceState, Kind
from services.survey.credit.domain.grades import GradeState
from services.survey.credit.domain.sources import Effect, EntrySource
from services.survey.credit.domain.standing import Outcome, Standing
from services.survey.times import Moment
from shared.web.body import Body

Reasons = Annotated[str, Field(min_length=1, max_length=2000)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]


class AppealIn(Body):
    reasons: Reasons


class AppealDecisionIn(Body):
    outcome: Outcome
    reasons: Reasons


class GradeDecisionIn(Body):
    """DECLINE needs a reason."""

    decision: Literal["CONFIRM", "DECLINE"]
    reason: Reason | None = None


class ConsequenceDecisionIn(Body):
    """`base_fen` is the amount that an accepted uplift raises, in fen; nothing else has one."""

    decision: Literal["ACCEPT", "DECLINE"]
    reason: Reason
    base_fen: Annotated[int, Field(ge=1, le=10**13)] | None = None


class CreditEntryOut(BaseModel):
    """What was entered, from where, with which effect and until when (E06, E28). `counters` is the
    entry that this one takes back; `rests_on` are those the score was formed of, and it stands no
    better than they do.
    """

    id: UUID
    company_id: UUID
    estate_id: UUID
    division: str
    source: EntrySource
    source_id: UUID
    period: str
    score: Decimal | None
    effect: Effect
    counters: UUID | None
    rests_on: list[UUID]
    published_at: Moment
    expires_at: Moment | None
    standing: Standing
    standing_chinese: str
    appeal_until: Moment | None


class AppealOut(BaseModel):
    id: UUID
    entry: CreditEntryOut
    reasons: str
    filed_at: Moment
    outcome: Outcome | None
    outcome_reasons: str | None
    decided_at: Moment | None


class BasisOut(BaseModel):
    entry_id: UUID
    estate_id: UUID
    score: Decimal
    households: int


class GradeOut(BaseModel):
    """`basis` are the estates the score was computed from. The flags are set once decided."""

    id: UUID
    version: int
    company_id: UUID
    period: str
    edition: int
    state: GradeState
    score: Decimal
    grade: str
    grade_chinese: str
    basis: list[BasisOut]
    government_priority: bool
    bidding_restricted: bool
    proposed_at: Moment
    confirmed_at: Moment | None
    decided_at: Moment | None
    withdrawn_at: Moment | None
    expires_at: Moment | None
    reason: str | None


class YearOut(BaseModel):
    year: int
    score: Decimal


class ConsequenceOut(BaseModel):
    """What is proposed and what it follows from. `guidance` tells the procedure of E27."""

    id: UUID
    version: int
    kind: Kind
    state: ConsequenceState
    company_id: UUID
    estate_id: UUID | None
    period: str
    band: str | None
    grade: str | None
    score: Decimal | None
    years: list[YearOut]
    guidance: list[str]
    proposed_at: Moment
    decided_at: Moment | None
    reason: str | None
    base_fen: int | None
    granted_fen: int | None


class QuarterOut(BaseModel):
    """A quarter that is over; no entry where nothing was published."""

    quarter: str
    entry: CreditEntryOut | None


class DossierOut(BaseModel):
    """For whoever decides on a renewal; it says what is known and decides nothing (E11)."""

    company_id: UUID
    estate_id: UUID
    estate_name: str
    quarters: list[QuarterOut]
    satisfaction: list[CreditEntryOut]
    evaluations: list[CreditEntryOut]
    marks: list[CreditEntryOut]
    disputed: int
    grade: GradeOut | None
