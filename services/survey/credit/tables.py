"""The credit file as stored: entries are added, never changed (a trigger sees to it)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, Numeric
from sqlmodel import Field

from services.survey.tables import Table
from shared.database import moment


class CreditEntry(Table, table=True):
    """A published score in a company's credit file (E06); one per survey."""

    __tablename__ = "credit_entry"
    __table_args__ = (Index("ix_credit_entry_company", "company_id", "estate_id"),)

    id: UUID = Field(primary_key=True)
    company_id: UUID
    estate_id: UUID
    division: str
    community: str
    survey_id: UUID = Field(foreign_key="survey.id", unique=True)
    period: str
    score: Decimal = Field(sa_type=Numeric(5, 2))
    published_at: datetime = moment()
    recorded_at: datetime = moment()
