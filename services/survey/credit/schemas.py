"""What the credit file shows."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.survey.times import Moment


class CreditEntryOut(BaseModel):
    """A published score, and the survey it comes from (E06)."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    company_id: UUID
    estate_id: UUID
    division: str
    survey_id: UUID
    period: str
    score: Decimal
    published_at: Moment
