"""What was taken back upon appeal and therefore counts no more (E28)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

Basis = tuple[UUID, UUID, UUID]  # the survey, the assessment and the third party's evaluation


@dataclass(frozen=True)
class Revoked:
    """`results` are surveys and third-party evaluations. A composite was taken back as a whole: of
    the same three parts there is none again, of others there is.
    """

    results: frozenset[UUID] = frozenset()
    composites: frozenset[Basis] = frozenset()
