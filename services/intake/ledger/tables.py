"""What the ledger needs of others: who handled a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class CaseHandler(Table, table=True):
    """A unit that a case was sent to, and when first."""

    __tablename__ = "case_handler"

    case_id: UUID = Field(primary_key=True)
    handler: str = Field(primary_key=True)
    since: datetime = moment()
