"""Which streets have a property office, and whether it is staffed as planned (A14, A15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.routing.statistics.domain.shares import Share
from shared.rulebook.sections.people import StreetOffices


@dataclass(frozen=True)
class Street:
    """`staff_count` is that of its office; None where there is no active one or it is not known."""

    code: str
    has_office: bool
    staff_count: int | None = None


def coverage(streets: Iterable[Street]) -> Share:
    """Streets with an active office, of all streets (A15)."""
    known = list(streets)
    return Share(sum(street.has_office for street in known), len(known))


def is_understaffed_or_crowded(street: Street, rules: StreetOffices) -> bool:
    """A warning, not an error: two or three people are the plan (A15)."""
    if street.staff_count is None:
        return False
    return not rules.staff_at_least <= street.staff_count <= rules.staff_at_most
