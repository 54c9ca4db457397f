"""Number and code, and what they open."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.intake.complaints.domain.words import CASE_STATES, COMPLAINT_STATES
from services.intake.complaints.schemas import SupplementBody
from services.intake.complaints.tables import Complaint, FollowedCase, TimelineEntry
from services.intake.complaints.views import EntryOut, MissingOut, entries_out
from shared.clock import BEIJING
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from shared.web.body import Body

ENTRIES = 100


TypedNumber = Annotated[str, StringConstraints(min_length=8, max_length=40, to_upper=True)]


class LookUpBody(Body):
    """As they stand on the receipt; small letters, gaps and hyphens of the code do not matter."""

    number: TypedNumber
    code: Annotated[str, Field(min_length=8, max_length=20)]


class LookUpSupplement(SupplementBody):
    """T03 without an account."""

    number: TypedNumber
    code: Annotated[str, Field(min_length=8, max_length=20)]


class LookedUp(BaseModel):
    """How it stands; nothing of an account, nor what was written (X15)."""

    number: str
    state: ComplaintStatus
    state_name: str
    case_state: CaseStatus | None
    case_state_name: str | None
    handler: str | None
    submitted_at: datetime
    refusal_hint: str | None
    missing: list[MissingOut]
    supplement_until: datetime | None
    timeline: list[EntryOut]

    @classmethod
    def of(
        cls, complaint: Complaint, case: FollowedCase | None, entries: list[TimelineEntry]
    ) -> LookedUp:
        state = ComplaintStatus(complaint.state)
        case_state = CaseStatus(case.state) if case else None
        until = complaint.supplement_until
        return cls(
            number=complaint.number,
            state=state,
            state_name=COMPLAINT_STATES[state],
            case_state=case_state,
            case_state_name=CASE_STATES[case_state] if case_state else None,
            handler=case.handler if case else None,
            submitted_at=complaint.submitted_at.astimezone(BEIJING),
            refusal_hint=complaint.refusal_hint,
            missing=[MissingOut(**item) for item in complaint.missing or ()],
            supplement_until=until.astimezone(BEIJING) if until else None,
            timeline=entries_out(entries),
        )
