"""Flags as the centre sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.complaints.domain.words import COMPLAINT_STATES
from services.intake.complaints.tables import Complaint
from services.intake.flags.domain.lifecycle import KINDS, FlagDecision, FlagKind, FlagState
from services.intake.flags.tables import AccountFlag
from services.intake.ledger.domain.masking import masked_words
from shared.clock import BEIJING
from shared.contracts.vocabulary import ComplaintStatus
from shared.web.body import Body


class EvidenceOut(BaseModel):
    """`title` is without numbers and rooms, and hidden where the reporter is (X16)."""

    complaint_id: UUID
    number: str
    submitted_at: datetime
    state_name: str
    refusal_reason: str | None
    title: str

    @classmethod
    def of(cls, complaint: Complaint) -> EvidenceOut:
        return cls(
            complaint_id=complaint.id,
            number=complaint.number,
            submitted_at=complaint.submitted_at.astimezone(BEIJING),
            state_name=COMPLAINT_STATES[ComplaintStatus(complaint.state)],
            refusal_reason=complaint.refusal_reason,
            title=masked_words(complaint.title, hidden=complaint.confidential),
        )


class FlagOut(BaseModel):
    """An account is named by nothing but what it filed."""

    id: UUID
    kind: FlagKind
    kind_name: str
    state: FlagState
    division: str
    raised_at: datetime
    decided_at: datetime | None
    evidence: list[EvidenceOut]

    @classmethod
    def of(cls, flag: AccountFlag, known: Mapping[UUID, Complaint]) -> FlagOut:
        kind = FlagKind(flag.kind)
        return cls(
            id=flag.id,
            kind=kind,
            kind_name=KINDS[kind],
            state=FlagState(flag.state),
            division=flag.division,
            raised_at=flag.raised_at.astimezone(BEIJING),
            decided_at=flag.decided_at.astimezone(BEIJING) if flag.decided_at else None,
            evidence=[EvidenceOut.of(known[id]) for id in flag.complaint_ids if id in known],
        )


class DecisionBody(Body):
    decision: FlagDecision
    reason: Annotated[str, Field(min_length=2, max_length=500)]
