"""The working calendar as the operator may edit it (facts 2.8), and what happened to a clock.

The clocks themselves are rows of shared/clocks.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class CalendarDay(Table, table=True):
    """Says of one date whether it is worked; wins over the published calendar."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    worked: bool
    note: str = ""


class CalendarYear(Table, table=True):
    """A year the operator has entered completely, so that it is no longer provisional."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True)


class ClockEntry(Table, table=True):
    """A line of a clock's own history: why it is due when it is due, and what it said.

    `what` is WARNED, PAUSED, RESUMED, EXTENDED or REGRADED; `reason` a code: of the pause, or the
    grades from which and to which. The due times are those before and after.
    """

    __tablename__ = "clock_entry"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    clock_id: UUID
    what: str
    at: datetime = moment()
    actor_end: str
    reason: str | None = None
    share: float | None = None
    due_before: datetime = moment()
    due_after: datetime = moment()
