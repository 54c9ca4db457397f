"""Mediations with parties, sessions, agreements, obligations, and applications to the court."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class Mediation(Table, table=True):
    """One attempt to mediate a case; `stage` is a sub-state of lifecycle 3.2.

    `reason` of an end without agreement is encrypted; `extended_at` is when both parties gave it
    more time (CK-08). `court_procedure` says that a court gave the matter to the mediator,
    `received_at` when the mediator confirmed that (T41, CK-10, CK-11).
    """

    __tablename__ = "mediation"
    __table_args__ = (
        Index(
            "uq_mediation_open", "case_id", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    stage: str
    organiser_id: UUID | None
    committee_id: UUID | None = Field(default=None, index=True)
    mediator_id: UUID | None = Field(default=None, index=True)
    file_number: str
    requested_at: datetime = moment()
    scheduled_for: datetime | None = moment(nullable=True)
    place: str | None = None
    reason: str | None = None
    court_procedure: str | None = None
    received_at: datetime | None = moment(nullable=True)
    extended_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)


class Party(Table, table=True):
    """One side of the dispute, OWNER against COMPANY or OTHER, and its consent (facts 2.1).

    `identity` is the owner's or the company's; a neighbour has none here.
    """

    __tablename__ = "mediation_party"

    mediation_id: UUID = Field(foreign_key="mediation.id", primary_key=True)
    side: str = Field(primary_key=True)
    identity: UUID | None = None
    consent: str = "PENDING"
    decided_at: datetime | None = moment(nullable=True)
    recorded_by: UUID | None = None


class Session(Table, table=True):
    """A session that took place. `notes` and `attendees` are encrypted (invariant 10)."""

    __tablename__ = "mediation_session"

    id: UUID = Field(primary_key=True)
    mediation_id: UUID = Field(foreign_key="mediation.id", index=True)
    held_at: datetime = moment()
    recorded_at: datetime = moment()
    place: str
    capacities: list[str] = Field(default_factory=list, sa_column=Column(JSONB))
    valid: bool
    excuse: str | None = None
    attendees: str
    notes: str


class Contact(Table, table=True):
    """An attempt to reach a party (X22)."""

    __tablename__ = "mediation_contact"

    id: UUID = Field(primary_key=True)
    mediation_id: UUID = Field(foreign_key="mediation.id", index=True)
    at: datetime = moment()
    means: str


class Agreement(Table, table=True):
    """What the parties agreed; `content` is encrypted and readable by them, not by others."""

    __tablename__ = "agreement"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    mediation_id: UUID = Field(foreign_key="mediation.id")
    number: str = Field(unique=True)
    kind: str
    content: str
    concerns_ownership: bool
    effective_at: datetime = moment()
    confirmed_at: datetime | None = moment(nullable=True)
    performed_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    proofs: list[str] = Field(default_factory=list, sa_column=Column(JSONB))


class Obligation(Table, table=True):
    """Who owes what, how much in yuan, until when; `what` is encrypted."""

    __tablename__ = "obligation"

    id: UUID = Field(primary_key=True)
    agreement_id: UUID = Field(foreign_key="agreement.id", index=True)
    side: str
    what: str
    amount: Decimal | None = Field(default=None, max_digits=12, decimal_places=2)
    due_on: date | None = None
    done_at: datetime | None = moment(nullable=True)


class Application(Table, table=True):
    """A joint application for judicial confirmation: WAITING, APPLIED, then the court's outcome."""

    __tablename__ = "confirmation_application"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    agreement_id: UUID = Field(foreign_key="agreement.id", index=True)
    number: str = Field(unique=True)
    court_id: UUID = Field(index=True)
    stage: str
    consents: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB))
    prepared_at: datetime = moment()
    applied_at: datetime | None = moment(nullable=True)
    decided_at: datetime | None = moment(nullable=True)
    court_case_number: str | None = None
