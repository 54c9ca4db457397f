"""Supervision orders, and the steps of the ladder that were taken."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class SupervisionOrder(Table, table=True):
    """督办单. For one run of a clock there is at most one (X18); what people write is encrypted.

    `clock` and `clock_started_at` say which run of which clock; absent for other causes.
    """

    __tablename__ = "supervision_order"
    __table_args__ = (
        Index(
            "uq_supervision_order_clock",
            "case_id",
            "clock",
            "clock_started_at",
            unique=True,
            postgresql_where=text("clock IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    cause: str
    clock: str | None
    clock_started_at: datetime | None = moment(nullable=True)
    words: str | None
    issued_at: datetime = moment()
    issued_by: UUID
    issuer_end: str
    answer: str | None = None
    answered_at: datetime | None = moment(nullable=True)
    answered_by: UUID | None = None


class Escalation(Table, table=True):
    """A step taken for a breached clock: what the weekly and monthly sheets list (3.6)."""

    __tablename__ = "escalation"
    __table_args__ = (
        Index("uq_escalation_step", "case_id", "clock", "breached_at", "after_hours", unique=True),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id")
    clock: str
    breached_at: datetime = moment()
    after_hours: int
    colour: str
    action: str
    at: datetime = moment()
