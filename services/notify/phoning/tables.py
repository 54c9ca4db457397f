"""Phone tasks and the calls made for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from services.notify.phoning.domain.lifecycle import CallOutcome, TaskState
from services.notify.tables import Table
from shared.database import moment


class PhoneTask(Table, table=True):
    """One per message that reached nobody. The number is not here: it is the owner's copy."""

    __tablename__ = "phone_task"

    id: UUID = Field(primary_key=True)
    message_id: UUID = Field(unique=True)
    case_id: UUID = Field(index=True)
    owner_id: UUID = Field(index=True)
    state: TaskState = Field(default=TaskState.OPEN, sa_type=Text)
    calls: int = 0
    opened_at: datetime = moment()
    done_at: datetime | None = moment(nullable=True)

    @property
    def status(self) -> TaskState:
        """The column gives plain text back."""
        return TaskState(self.state)


class PhoneCall(Table, table=True):
    """A call and what came of it; what the caller notes is encrypted."""

    __tablename__ = "phone_call"

    id: UUID = Field(primary_key=True)
    task_id: UUID = Field(foreign_key="phone_task.id", index=True)
    outcome: CallOutcome = Field(sa_type=Text)
    note: str | None = None
    made_at: datetime = moment()
    made_by: UUID
