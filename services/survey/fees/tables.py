"""Fee reports as stored: one per company, estate and quarter, and every version of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from services.survey.tables import Table
from shared.database import moment


class FeeReport(Table, table=True):
    """With the figures of its newest version. `community` has twelve digits where houses are
    known; `since` and `until` bound the quarter; `reported_at` is that of the first version.
    """

    __tablename__ = "fee_report"
    __table_args__ = (
        Index("uq_fee_report", "estate_id", "company_id", "period", unique=True),
        Index("ix_fee_report_place", "community", "until"),
    )

    id: UUID = Field(primary_key=True)
    version: int = 1
    estate_id: UUID
    estate_name: str
    company_id: UUID
    division: str
    community: str
    period: str
    since: datetime = moment()
    until: datetime = moment()
    due_at: datetime = moment()
    reported_at: datetime = moment()
    due_fen: int = Field(sa_type=BigInteger)
    received_fen: int = Field(sa_type=BigInteger)


class FeeReportVersion(Table, table=True):
    """What was reported, when, by whom and, of a correction, why; never changed."""

    __tablename__ = "fee_report_version"
    __table_args__ = (CheckConstraint("due_fen >= 0 AND received_fen >= 0", name="amounts"),)

    report_id: UUID = Field(foreign_key="fee_report.id", primary_key=True)
    version: int = Field(primary_key=True)
    due_fen: int = Field(sa_type=BigInteger)
    received_fen: int = Field(sa_type=BigInteger)
    reason: str | None
    reported_by: UUID
    reported_at: datetime = moment()
