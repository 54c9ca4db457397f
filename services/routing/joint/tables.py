"""Joint actions and their members."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class JointAction(Table, table=True):
    """`stage` is OPENED, CONVENED, PLANNED or CONSOLIDATED (lifecycle 3.2)."""

    __tablename__ = "joint_action"
    __table_args__ = (
        Index(
            "uq_joint_action_open",
            "case_id",
            unique=True,
            postgresql_where=text("completed_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    stage: str
    lead_id: UUID
    opened_at: datetime = moment()
    convened_at: datetime | None = moment(nullable=True)
    planned_at: datetime | None = moment(nullable=True)
    plan: str | None = None
    completed_at: datetime | None = moment(nullable=True)


class JointMember(Table, table=True):
    """A department of the action (the lead too) with its result, or its release (X19)."""

    __tablename__ = "joint_member"

    joint_id: UUID = Field(foreign_key="joint_action.id", primary_key=True)
    organisation_id: UUID = Field(primary_key=True)
    display_name: str
    result_code: str | None = None
    result_text: str | None = None
    proofs: list[str] = Field(default_factory=list, sa_column=Column(JSONB))
    filed_by: UUID | None = None
    filed_at: datetime | None = moment(nullable=True)
    released_at: datetime | None = moment(nullable=True)
