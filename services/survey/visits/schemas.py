"""What the owner's client sends and gets about return visits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.survey.visits.domain.answers import Answer
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.tables import Visit
from shared.clock import BEIJING
from shared.contracts.vocabulary import Solved
from shared.web.body import Body

Reason = Annotated[str, Field(min_length=1, max_length=500)]


class AnswerBody(Body):
    """`result_level` and `process_level`: 5 非常满意 … 1 非常不满意 (facts 2.5)."""

    solved: Solved
    result_level: int
    process_level: int
    reason: Reason | None = None

    def answer(self) -> Answer:
        return Answer(self.solved, self.result_level, self.process_level, self.reason)


class VisitOut(BaseModel):
    """`answer_until` is the end of CK-12; afterwards somebody may call, until CK-14 ends."""

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
    asks_to_reopen: bool

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
