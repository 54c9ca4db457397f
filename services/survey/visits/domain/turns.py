"""Whose turn it is to call, decided when the case gives its feedback (CK-14)."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.routing import CaseState
from shared.rulebook.sections.visits import ReturnVisits


def calls_for_centre(case: CaseState, rules: ReturnVisits) -> bool:
    """Grave matters, and those of a reporter whom the centre alone may know (X16)."""
    return case.confidential or case.grade in rules.centre_calls_grades


def handled_by(case: CaseState) -> list[UUID]:
    """The people who worked on it: they do not ask how good it was."""
    people = {unit.person_id for unit in case.units if unit.person_id is not None}
    return sorted(people)
