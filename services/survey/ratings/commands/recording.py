"""The beat that all commands on a rating share: a version up, a line in the audit log."""

from __future__ import annotations

from typing import Any

from services.survey.deed import Deed
from services.survey.ratings.tables import Rating, Representative
from shared.audit import append


def record(deed: Deed, rating: Rating, action: str, *, reason: str | None = None) -> None:
    """Something was done to the rating as a whole."""
    rating.version += 1
    note(deed, rating, action, {"state": rating.state, "version": rating.version}, reason=reason)


def note(
    deed: Deed, rating: Rating, action: str, details: dict[str, Any], *, reason: str | None = None
) -> None:
    """`details` never hold what somebody gave."""
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="rating",
        subject_id=rating.id,
        at=deed.at,
        details=details,
        reason=reason,
    )


def record_representative(
    deed: Deed, row: Representative, action: str, *, reason: str | None = None
) -> None:
    row.version += 1
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="representative",
        subject_id=row.id,
        at=deed.at,
        details={"estate": str(row.estate_id), "kind": row.kind},
        reason=reason,
    )
