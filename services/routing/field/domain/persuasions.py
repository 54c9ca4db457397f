"""What follows when persuasion fails (U27, X43)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from shared.contracts.vocabulary import Grade
from shared.rulebook.sections.categories import Category


class Attempt(Protocol):
    heeded: bool


def proposed_grade(
    category: Category, grade: Grade | None, attempts: Iterable[Attempt]
) -> Grade | None:
    """A minor noise that persuasion did not end is a medium matter; a person decides (U27)."""
    if grade is not Grade.SMALL or not category.persuasion_record:
        return None
    return Grade.MEDIUM if any(not each.heeded for each in attempts) else None
