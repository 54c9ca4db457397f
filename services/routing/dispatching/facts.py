"""What the rules ask of a case, at the moment of its dispatch."""

from __future__ import annotations

from datetime import datetime

from services.routing.cases.tables import Case
from services.routing.dispatching.domain.rules import Facts


def facts_of(
    case: Case,
    place_code: str,
    at: datetime,
    *,
    category: str | None = None,
    grade: str | None = None,
) -> Facts:
    """`place_code` is that of the moment (B20). `category` and `grade`, where they are given, are
    those that a judgement is about to set.
    """
    return Facts(
        place_code=place_code,
        estate_id=case.estate_id,
        category=category or case.category,
        grade=grade or case.grade or "",
        channel=case.channel,
        at=at,
    )
