"""Joint work, and rectifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class JointWork(Table, table=True):
    """A meeting or an enforcement of several units (A11); `summary` is encrypted.

    `units` are ids and names of the organisations that took part.
    """

    __tablename__ = "joint_work"

    id: UUID = Field(primary_key=True)
    kind: str
    held_at: datetime = moment()
    division: str = Field(index=True)
    units: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB))
    summary: str
    recorded_at: datetime = moment()
    recorded_by: UUID


class JointWorkCase(Table, table=True):
    """A case that joint work was about."""

    __tablename__ = "joint_work_case"

    joint_work_id: UUID = Field(foreign_key="joint_work.id", primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", primary_key=True, index=True)
