"""Exceptions as they are asked for and shown."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.notify.exceptions.domain.lifecycle import ExceptionStatus
from services.notify.moments import Moment
from shared.web.body import Body


class ExceptionBody(Body):
    """`cidr` is a private network, `10.1.2.0/24` at the widest; `reason` says why the receiver
    cannot be public, and names nobody.
    """

    cidr: str = Field(max_length=50)
    reason: str = Field(min_length=5, max_length=500)


class ExceptionOut(BaseModel):
    """People are ids of staff accounts. Only IN_FORCE opens anything."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    endpoint_id: UUID
    organisation_id: UUID
    cidr: str
    reason: str
    state: ExceptionStatus
    asked_by: UUID
    asked_at: Moment
    approved_by: list[UUID]
    in_force_at: Moment | None
    revoked_by: UUID | None
    revoked_at: Moment | None
