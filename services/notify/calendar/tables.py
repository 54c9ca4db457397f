"""Appointments, whom they concern, and the secret addresses of feeds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field

from services.notify.calendar.domain.lifecycle import AppointmentState, Kind
from services.notify.tables import Table
from shared.database import moment


class Appointment(Table, table=True):
    """`sequence` rises with every change that its guests must know of (RFC 5545, 3.8.7.4)."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_case", "case_id"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID
    case_number: str
    kind: Kind = Field(sa_type=Text)
    starts_at: datetime = moment()
    ends_at: datetime = moment()
    place: str
    sequence: int = 0
    state: AppointmentState = Field(default=AppointmentState.PLANNED, sa_type=Text)
    changed_at: datetime = moment()


class Guest(Table, table=True):
    """A person or organisation whom the appointment concerns."""

    __tablename__ = "appointment_guest"
    __table_args__ = (Index("ix_appointment_guest_recipient", "recipient_id"),)

    appointment_id: UUID = Field(primary_key=True)
    recipient_id: UUID = Field(primary_key=True)


class Agenda(Table, table=True):
    """The last that was heard of a case's appointments of one kind; older news change nothing."""

    __tablename__ = "appointment_agenda"

    case_id: UUID = Field(primary_key=True)
    kind: Kind = Field(primary_key=True, sa_type=Text)
    version: int
    appointment_id: UUID | None = None


class Feed(Table, table=True):
    """A person's own feed: whoever has the token reads it, so only its hash is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("uq_calendar_feed_token", "token_hash", unique=True),)

    person_id: UUID = Field(primary_key=True)
    organisation_id: UUID | None
    token_hash: str
    created_at: datetime = moment()
