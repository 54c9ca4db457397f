"""The consent ledger: nothing in it is ever changed, the balance is the sum."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field

from services.notify.tables import Table
from shared.database import moment


class Cause(StrEnum):
    ACCEPTED = "ACCEPTED"  # the person accepted a prompt: one more message
    DECLINED = "DECLINED"  # the person was asked and said no: nothing changes
    SENT = "SENT"  # the vendor took a message: one less
    REFUSED = "REFUSED"  # the vendor says that nothing is left (43101): down to zero
    PUSHED = "PUSHED"  # the vendor told us of an acceptance
    SWITCHED_OFF = "SWITCHED_OFF"  # the person switched it off in WeChat: down to zero
    BANNED = "BANNED"  # the vendor has banned the template: down to zero


class Consent(Table, table=True):
    """`change` is added to what the person still accepts of the template.

    The mini-program and the vendor both tell of an acceptance: the one that comes second
    `confirms` the first, and changes nothing.
    """

    __tablename__ = "wechat_consent"
    __table_args__ = (Index("ix_wechat_consent_person", "person_id", "template"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID
    template: str
    change: int
    cause: Cause = Field(sa_type=Text)
    message_id: UUID | None = None
    confirms: UUID | None = None
    at: datetime = moment()
