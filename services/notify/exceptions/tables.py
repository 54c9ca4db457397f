"""Private networks that an endpoint was allowed, by whom, and until when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid
from sqlmodel import Field

from services.notify.exceptions.domain.lifecycle import ExceptionStatus
from services.notify.tables import Table
from shared.database import moment


class WebhookException(Table, table=True):
    """`approved_by` are two different people of the centre, the first one first."""

    __tablename__ = "webhook_exception"

    id: UUID = Field(primary_key=True)
    endpoint_id: UUID = Field(index=True)
    organisation_id: UUID = Field(index=True)
    cidr: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    state: ExceptionStatus = Field(default=ExceptionStatus.ASKED, sa_type=Text)
    asked_by: UUID
    asked_at: datetime = moment()
    approved_by: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    in_force_at: datetime | None = moment(nullable=True)
    revoked_by: UUID | None = None
    revoked_at: datetime | None = moment(nullable=True)
