"""Streets' yearly assessments as stored; who set what before is in the audit log."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Numeric
from sqlmodel import Field

from services.survey.tables import Table
from shared.database import moment


class StreetAssessment(Table, table=True):
    """`weight` of property work in the yearly assessment of a street, 0.10 being a tenth (A17)."""

    __tablename__ = "street_assessment"

    street: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    version: int
    weight: Decimal = Field(sa_type=Numeric(4, 3))
    set_by: UUID
    set_at: datetime = moment()
