"""Setting how much property work weighs in a street's year (A17)."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert

from services.survey.deed import Deed
from services.survey.targets.domain.assessments import (
    AssessmentChanged,
    refuse_stale,
    refuse_weight,
)
from services.survey.targets.queries import assessment_of
from services.survey.targets.tables import StreetAssessment
from shared.audit import append


async def assess(deed: Deed, street: str, year: int, weight: Decimal, tag: str) -> None:
    """Raises WeightTooSmall, WeightTooLarge or AssessmentChanged."""
    refuse_weight(weight, deed.runtime.rulebooks.in_force_at(deed.at).street_offices)
    known = await assessment_of(deed.session, street, year, lock=True)
    refuse_stale(tag, known.version if known else 0)
    before = str(known.weight) if known else None
    version = known.version + 1 if known else 1
    if known is None:
        await _begin(deed, street, year, weight)
    else:
        known.version, known.weight = version, weight
        known.set_by, known.set_at = deed.actor.id, deed.at
        await deed.session.flush()
    append(
        deed.session,
        actor=deed.actor,
        action="street.assessed",
        subject_type="street_assessment",
        subject_id=f"{street}/{year}",
        at=deed.at,
        details={"version": version, "weight": str(weight), "before": before},
    )


async def _begin(deed: Deed, street: str, year: int, weight: Decimal) -> None:
    """Of two who begin at once the second is told. Raises AssessmentChanged."""
    begun = await deed.session.execute(
        insert(StreetAssessment)
        .values(
            street=street, year=year, version=1, weight=weight, set_by=deed.actor.id, set_at=deed.at
        )
        .on_conflict_do_nothing()
    )
    if begun.rowcount == 0:  # type: ignore[attr-defined]
        raise AssessmentChanged(version=1)
