"""What the owner's client sends and gets about return visits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.survey.visits.domain.answers import Answer
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.domain.voices import Silence, Through
from services.survey.visits.tables import Visit
from shared.clock import BEIJING
from shared.contracts.vocabulary import Solved
from shared.rulebook import Rulebook
from shared.web.body import Body

Reason = Annotated[str, Field(min_length=1, max_length=500)]
ReasonCode = Annotated[str, Field(min_length=1, max_length=40)]
ReasonCodes = Annotated[tuple[ReasonCode, ...], Field(max_length=20)]


class AnswerBody(Body):
    """`result_level` and `process_level`: 5 非常满意 … 1 非常不满意 (facts 2.5). `reasons` are
    codes of `GET /answer-form`, `reason` is in the owner's words.
    """

    solved: Solved
    result_level: int
    process_level: int
    reasons: ReasonCodes = ()
    reason: Reason | None = None

    def answer(self) -> Answer:
        return Answer(self.solved, self.result_level, self.process_level, self.reasons, self.reason)


class VisitOut(BaseModel):
    """`answer_until` is the end of CK-12; afterwards somebody may call, until CK-14 ends.

    `answered_through` PHONE: a caller noted what the owner said.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: VisitStatus
    complaint_id: UUID
    complaint_number: str
    case_id: UUID
    case_number: str
    category_name: str
    estate_name: str
    opened_at: datetime
    answer_until: datetime
    answered_at: datetime | None
    solved: Solved | None
    result_level: int | None
    process_level: int | None
    reason_codes: list[str]
    asks_to_reopen: bool
    answered_through: Through | None
    unanswered_because: Silence | None

    @classmethod
    def of(cls, visit: Visit) -> VisitOut:
        shown = cls.model_validate(visit)
        return shown.model_copy(
            update={
                name: value.astimezone(BEIJING)
                for name, value in shown
                if isinstance(value, datetime)
            }
        )


class LevelOut(BaseModel):
    level: int
    name: str


class ReasonOut(BaseModel):
    code: str
    name: str
    words_needed: bool


class AnswerFormOut(BaseModel):
    """What an answer may say. Up to `reason_asked_up_to` a reason brings the case back (T32)."""

    levels: list[LevelOut]
    reasons: list[ReasonOut]
    reason_asked_up_to: int

    @classmethod
    def of(cls, book: Rulebook) -> AnswerFormOut:
        return cls(
            levels=[
                LevelOut(level=each.level, name=each.chinese) for each in book.satisfaction.levels
            ],
            reasons=[
                ReasonOut(code=each.code, name=each.chinese, words_needed=each.words_needed)
                for each in book.return_visits.reasons
            ],
            reason_asked_up_to=book.reopening.reason_needed_up_to_level,
        )
