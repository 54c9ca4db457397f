"""What the desk of acceptance sends and reads."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.acceptance.commands.ask import Question
from services.routing.acceptance.commands.refuse import Refusal
from services.routing.acceptance.domain.lifecycle import PendingStatus
from services.routing.times import Moment
from shared.contracts.vocabulary import RefusalReason
from shared.web.body import Body

ItemCode = Annotated[str, Field(pattern=r"^[A-Z_]{2,32}$")]
Words = Annotated[str, Field(min_length=2, max_length=1000)]
RefusalCode = Literal["POLICE", "OUT_OF_SCOPE", "IN_COURT", "FINAL_PETITION", "ABUSIVE"]


class RequestIn(Body):
    """T02: what is missing, by the codes of the rulebook; words of one's own may explain it."""

    missing: Annotated[tuple[ItemCode, ...], Field(min_length=1, max_length=10)]
    words: Words | None = None

    def question(self) -> Question:
        return Question(tuple(dict.fromkeys(self.missing)), self.words)


class RefusalIn(Body):
    """T05: `words` tell the reporter why; `handed_over` is the receipt of the police (110)."""

    reason: RefusalCode
    words: Words
    handed_over: Annotated[str, Field(min_length=2, max_length=64)] | None = None

    def refusal(self) -> Refusal:
        return Refusal(RefusalReason(self.reason), self.words, self.handed_over)


class CodeOut(BaseModel):
    code: str
    name: str


class ProofOut(BaseModel):
    item: str
    reference: str


class PendingSummary(BaseModel):
    """`due_at` is CK-00 while it runs, `supplement_until` CK-13 while that does."""

    complaint_id: UUID
    number: str
    version: int
    state: PendingStatus
    state_name: str
    channel: str
    category: str
    category_name: str
    division: str
    grid_code: str | None
    estate_id: UUID
    estate_name: str
    confidential: bool
    anonymous: bool
    reasons: list[CodeOut]
    missing: list[CodeOut]
    overdue: bool
    submitted_at: Moment
    due_at: Moment | None
    supplement_until: Moment | None


class PendingOut(PendingSummary):
    """With the words, as long as nothing is decided; names and numbers are masked (X15, X16)."""

    reporter: str
    title: str | None
    text: str | None
    place: str | None
    proofs: list[ProofOut]
    owner_id: UUID | None
    house_id: UUID | None
    refusal_reason: RefusalReason | None
    handed_over: str | None
    decided_at: Moment | None
