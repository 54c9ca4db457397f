"""What owners send about complaints."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.complaints.domain.answering import Answer
from services.intake.complaints.domain.content import emergency_calls
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.domain.promises import next_step
from services.intake.complaints.domain.words import COMPLAINT_STATES
from services.intake.complaints.filing import Draft, Filed
from services.intake.complaints.tables import Confirmation
from shared.clock import BEIJING
from shared.contracts.vocabulary import ComplaintStatus, Solved
from shared.rulebook import Rulebook
from shared.web.body import Body

Title = Annotated[str, Field(max_length=100)]
Story = Annotated[str, Field(min_length=1, max_length=5000)]
PlaceWords = Annotated[str, Field(max_length=200)]
CategoryCode = Annotated[str, Field(max_length=16, description="A category of the rulebook")]


class Submission(Body):
    """A complaint about an estate where the reporter has a verified home (T01, A04).

    `house_id` is the reporter's own home. `confidential` hides the reporter from everybody who
    handles the case (X16); `anonymous` also goes without feedback and rating (X15).
    """

    estate_id: UUID
    building_id: UUID | None = None
    house_id: UUID | None = None
    title: Title | None = None
    text: Story
    place: PlaceWords | None = None
    category: CategoryCode | None = None
    confidential: bool = False
    anonymous: bool = False

    def draft(self) -> Draft:
        return Draft(
            wish=Wish(self.estate_id, self.building_id, self.house_id),
            text=self.text,
            title=self.title,
            place=self.place,
            category=self.category,
            confidential=self.confidential,
            anonymous=self.anonymous,
        )


class Receipt(BaseModel):
    """`call` are the numbers to ring at once when the words tell of danger (X31)."""

    id: UUID
    number: str
    state: ComplaintStatus
    state_name: str
    submitted_at: datetime
    next_step: str
    call: list[str]

    @classmethod
    def of(cls, filed: Filed, draft: Draft, rulebook: Rulebook) -> Receipt:
        """The same for the same filing, however often it is sent."""
        return cls(
            id=filed.id,
            number=filed.number,
            state=ComplaintStatus.SUBMITTED,
            state_name=COMPLAINT_STATES[ComplaintStatus.SUBMITTED],
            submitted_at=filed.submitted_at.astimezone(BEIJING),
            next_step=next_step(rulebook),
            call=list(emergency_calls(rulebook, draft.title or "", draft.text)),
        )


class ConfirmationBody(Body):
    """`level` from 1 (非常不满意) to 5 (非常满意).

    Not solved, or a bad level, with a reason asks to reopen; without one it only counts (X34).
    """

    solved: Solved
    level: Annotated[int, Field(ge=1, le=5)]
    reason: Annotated[str, Field(max_length=1000)] | None = None

    def answer(self) -> Answer:
        return Answer(self.solved, self.level, self.reason)


class ConfirmationOut(BaseModel):
    complaint_id: UUID
    solved: Solved
    level: int
    answered_at: datetime

    @classmethod
    def of(cls, confirmation: Confirmation) -> ConfirmationOut:
        return cls(
            complaint_id=confirmation.complaint_id,
            solved=Solved(confirmation.solved),
            level=confirmation.level,
            answered_at=confirmation.answered_at.astimezone(BEIJING),
        )
