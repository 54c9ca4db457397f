"""What may count in a half-year: surveys, assessments, third-party evaluations (E15, E16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.survey.evaluations.domain.revoked import Revoked


@dataclass(frozen=True)
class Where:
    """The estate and the company it is about, as named at the time."""

    estate_id: UUID
    estate_name: str
    division: str
    community: str
    company_id: UUID


@dataclass(frozen=True)
class OwnersResult:
    """A published satisfaction survey; its date is the day on which it became public."""

    id: UUID
    where: Where
    period: str
    score: Decimal
    answers: int
    published_at: datetime


@dataclass(frozen=True)
class CommunityResult:
    id: UUID
    version: int
    where: Where
    score: Decimal
    assessed_on: date
    confirmed: bool


@dataclass(frozen=True)
class ThirdPartyResult:
    id: UUID
    version: int
    import_id: UUID
    agency_id: UUID
    where: Where
    score: Decimal
    owner_mark: Decimal
    sample_size: int
    same_source: bool
    evaluated_on: date


@dataclass(frozen=True)
class Gathered:
    """Everything known of a division that may count; later versions only. What was `revoked` is
    among it, and counts for nothing.
    """

    owners: Sequence[OwnersResult]
    community: Sequence[CommunityResult]
    third_party: Sequence[ThirdPartyResult]
    revoked: Revoked = field(default_factory=Revoked)
