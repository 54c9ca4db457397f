"""Phone tasks as the callers see them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.notify.moments import Moment
from services.notify.phoning.domain.lifecycle import CallOutcome, TaskState
from shared.web.body import Body


class CallIn(Body):
    outcome: CallOutcome
    note: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class PhoneTaskOut(BaseModel):
    """`text` is what has to be said; `masked_number` is absent where no number is known.

    `read_at` says that the person has meanwhile read the message.
    """

    id: UUID
    case_id: UUID
    notification: str
    text: str
    masked_number: str | None
    state: TaskState
    calls: int
    opened_at: Moment
    done_at: Moment | None
    read_at: Moment | None


class PhoneTaskState(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: TaskState
    calls: int
    done_at: Moment | None


class NumberOut(BaseModel):
    number: str
