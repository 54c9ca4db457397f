"""What callers send and get. Numbers are masked everywhere but where one is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.survey.calls.commands.trying import CallReport
from services.survey.calls.domain.attempts import CallOutcome
from services.survey.times import Moment
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.domain.voices import Silence
from services.survey.visits.schemas import AnswerBody
from shared.web.body import Body

LONGEST_CALL = 4 * 3600


class Claimed(StrEnum):
    NOBODY = "NOBODY"
    ME = "ME"
    SOMEBODY = "SOMEBODY"


class AttemptBody(Body):
    """`seconds` is how long was spoken, `recording` where the recording lies; `answer` comes with
    REACHED, and only with it.
    """

    outcome: CallOutcome
    called_at: AwareDatetime
    seconds: Annotated[int, Field(ge=0, le=LONGEST_CALL)]
    answer: AnswerBody | None = None
    recording: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    note: Annotated[str, Field(min_length=1, max_length=500)] | None = None

    def report(self) -> CallReport:
        return CallReport(
            outcome=self.outcome,
            called_at=self.called_at,
            seconds=self.seconds,
            answer=self.answer.answer() if self.answer else None,
            recording=self.recording,
            note=self.note,
        )


class CallOut(BaseModel):
    """`call_until` is the end of CK-14; without a `masked_number` there is nobody to call."""

    visit_id: UUID
    state: VisitStatus
    complaint_number: str
    case_number: str
    category_name: str
    estate_name: str
    opened_at: Moment
    call_until: Moment
    masked_number: str | None
    attempts: int
    claimed: Claimed
    claimed_until: Moment | None
    unanswered_because: Silence | None


class AttemptOut(BaseModel):
    id: UUID
    outcome: CallOutcome
    called_at: Moment
    seconds: int
    made_by: UUID
    recording: str | None
    note: str | None


class CallDetailOut(CallOut):
    """With every attempt, oldest first."""

    tried: list[AttemptOut]


class NumberOut(BaseModel):
    number: str
