"""What people have chosen; who never chose has no row."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import ARRAY, Text, Time
from sqlmodel import Field

from services.notify.tables import Table
from shared.database import moment


class Preference(Table, table=True):
    """See `Choice`. Both ends of the quiet hours are there, or neither."""

    __tablename__ = "preference"

    person_id: UUID = Field(primary_key=True)
    refused_texts: list[str] = Field(sa_type=ARRAY(Text))
    quiet_begins: time | None = None
    quiet_ends: time | None = None
    wechat: bool
    digest: bool
    digest_times: list[time] = Field(sa_type=ARRAY(Time))
    changed_at: datetime = moment()
