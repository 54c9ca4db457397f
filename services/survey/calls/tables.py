"""Calls as stored: one line per visit that went unanswered, and every attempt."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from services.survey.calls.domain.attempts import CallOutcome
from services.survey.calls.domain.claims import Claim
from services.survey.tables import Table
from shared.database import moment


class Known(StrEnum):
    """What is known of the owner's number."""

    ASKED = "ASKED"  # intake was asked and has not told yet
    KNOWN = "KNOWN"
    NONE = "NONE"  # there is none, it is not wanted, or nobody calls any more
    WRONG = "WRONG"


class VisitCall(Table, table=True):
    """`number` is ciphertext, here only while somebody may call; `call_until` is the end of CK-14.

    The visit is locked before this row; who claims, until when, and when the claimant looked at the
    number is one value, `claim`.
    """

    __tablename__ = "visit_call"

    visit_id: UUID = Field(primary_key=True, foreign_key="visit.id")
    opened_at: datetime = moment()
    call_until: datetime = moment()
    known: Known = Field(default=Known.ASKED, sa_type=Text)
    number: str | None = None
    claimed_by: UUID | None = None
    claimed_until: datetime | None = moment(nullable=True)
    number_read_at: datetime | None = moment(nullable=True)

    @property
    def claim(self) -> Claim:
        return Claim(self.claimed_by, self.claimed_until, self.number_read_at)

    def take(self, claim: Claim) -> None:
        self.claimed_by, self.claimed_until = claim.by, claim.until
        self.number_read_at = claim.read_at

    def drop_number(self, known: Known) -> None:
        self.known, self.number = known, None


class CallAttempt(Table, table=True):
    """A call and what came of it: the proof of an answer given by telephone.

    `seconds` is how long was spoken; `recording` (where the recording lies) and `note` are
    ciphertext.
    """

    __tablename__ = "call_attempt"

    id: UUID = Field(primary_key=True)
    visit_id: UUID = Field(foreign_key="visit_call.visit_id", index=True)
    outcome: CallOutcome = Field(sa_type=Text)
    called_at: datetime = moment()
    seconds: int
    recording: str | None = None
    note: str | None = None
    made_by: UUID
    recorded_at: datetime = moment()
