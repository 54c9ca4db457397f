"""What the centre is shown of content that waits for a person, and what it answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.complaints.tables import Complaint
from services.intake.screening.domain.lifecycle import ScreeningState, SubjectType
from services.intake.screening.domain.verdicts import Reason
from services.intake.screening.tables import Screening
from shared.clock import BEIJING
from shared.web.body import Body


class ScreeningOut(BaseModel):
    """`label` is WeChat's (20001 politics, 20002 pornography, 20003 abuse, …); the words are the
    complaint's, whose file `attachment_id` names."""

    id: UUID
    subject_type: SubjectType
    attachment_id: UUID | None
    complaint_id: UUID
    complaint_number: str
    title: str
    text: str
    state: ScreeningState
    reason: Reason | None
    label: int | None
    written_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, screening: Screening, complaint: Complaint) -> ScreeningOut:
        is_file = screening.subject_type == SubjectType.ATTACHMENT
        decided = screening.decided_at
        return cls(
            id=screening.id,
            subject_type=SubjectType(screening.subject_type),
            attachment_id=screening.subject_id if is_file else None,
            complaint_id=complaint.id,
            complaint_number=complaint.number,
            title=complaint.title,
            text=complaint.text,
            state=ScreeningState(screening.state),
            reason=Reason(screening.reason) if screening.reason else None,
            label=screening.label,
            written_at=screening.written_at.astimezone(BEIJING),
            decided_at=decided and decided.astimezone(BEIJING),
        )


class DecisionBody(Body):
    """`visible`: others may see it; staff see it in any case."""

    visible: bool
    reason: str | None = Field(default=None, max_length=200)


class DecisionOut(BaseModel):
    id: UUID
    state: ScreeningState
