"""Sets of dispatch rules by centre and version, and the rules of each."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.routing.dispatching.domain.lifecycle import SetState
from services.routing.tables import Table
from shared.database import moment


class DispatchRuleSet(Table, table=True):
    """The rules of the centre of `division` (city, county or street).

    In force is the activated set whose `effective_from` came last and that was not retired by then;
    retiring it brings back the one before.
    """

    __tablename__ = "dispatch_rule_set"
    __table_args__ = (UniqueConstraint("division", "version"),)

    id: UUID = Field(primary_key=True)
    division: str = Field(index=True)
    version: int
    state: str
    rules: int
    created_at: datetime = moment()
    created_by: UUID
    effective_from: datetime | None = moment(nullable=True)
    activated_at: datetime | None = moment(nullable=True)
    activated_by: UUID | None = None
    retired_at: datetime | None = moment(nullable=True)
    retired_by: UUID | None = None

    @property
    def status(self) -> SetState:
        return SetState(self.state)


class DispatchRule(Table, table=True):
    """A row of the imported sheet. `lead` and `co` are targets such as DEPARTMENT:HOUSING."""

    __tablename__ = "dispatch_rule"
    __table_args__ = (UniqueConstraint("set_id", "name"),)

    set_id: UUID = Field(foreign_key="dispatch_rule_set.id", primary_key=True)
    position: int = Field(primary_key=True)
    name: str
    divisions: list[str] = Field(sa_type=ARRAY(Text))
    estate_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    categories: list[str] = Field(sa_type=ARRAY(Text))
    grades: list[str] = Field(sa_type=ARRAY(Text))
    channels: list[str] = Field(sa_type=ARRAY(Text))
    weekdays: list[str] = Field(sa_type=ARRAY(Text))
    starts_at: time | None = None
    ends_at: time | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    lead: str
    co: list[str] = Field(sa_type=ARRAY(Text))
    reason: str
