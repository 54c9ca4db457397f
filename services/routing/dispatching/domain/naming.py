"""Codes for the names that offices write: from the directory, the rulebook and our own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.routing.dispatching.domain.faults import (
    RuleCategoryUnknown,
    RuleDivisionUnknown,
    RuleEstateUnknown,
    RuleNameAmbiguous,
    RuleUnitUnknown,
)
from services.routing.dispatching.domain.targets import Desk, Target
from services.routing.dispatching.domain.words import DESKS
from shared.rulebook import Rulebook

UTILITY = "UTILITY"
FAMILY = 2  # letters of a category's code
DESK_NAMES = {words: Target(desk) for desk, words in DESKS.items()} | {
    desk.value: Target(desk) for desk in DESKS
}

Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Gazetteer:
    """What exists within the division of the rules, each as `named` tells it."""

    division: str
    divisions: Names = field(default_factory=dict)
    estates: Names = field(default_factory=dict)
    offices: Names = field(default_factory=dict)
    categories: Names = field(default_factory=dict)
    departments: Names = field(default_factory=dict)

    def division_of(self, word: str) -> str:
        """Raises RuleDivisionUnknown or RuleNameAmbiguous."""
        found = _code(self.divisions, word)
        if found is None:
            raise RuleDivisionUnknown
        return found

    def estate_of(self, word: str) -> UUID:
        """Raises RuleEstateUnknown or RuleNameAmbiguous."""
        found = _code(self.estates, word)
        if found is None:
            raise RuleEstateUnknown
        return UUID(found)

    def category_of(self, word: str) -> str:
        """A code or a family of them. Raises RuleCategoryUnknown or RuleNameAmbiguous."""
        families = {code[:FAMILY] for codes in self.categories.values() for code in codes}
        found = word if word in families else _code(self.categories, word)
        if found is None:
            raise RuleCategoryUnknown
        return found

    def target_of(self, word: str) -> Target:
        """A desk, a department, else an office by name or id. Raises RuleUnitUnknown or
        RuleNameAmbiguous.
        """
        if word in DESK_NAMES:
            return DESK_NAMES[word]
        department = _code(self.departments, word)
        if department is not None:
            return Target(Desk.DEPARTMENT, department)
        office = _code(self.offices, word)
        if office is None:
            raise RuleUnitUnknown
        return Target(Desk.ORGANISATION, office)


def category_names(rulebook: Rulebook) -> Names:
    graded = (row for row in rulebook.categories.values() if row.grade is not None)
    return named((row.chinese, row.code) for row in graded)


def department_names(rulebook: Rulebook) -> Names:
    kinds = [kind for kind in rulebook.organisations if kind.department or kind.code == UTILITY]
    return named((kind.chinese, kind.code) for kind in kinds)


def named(pairs: Iterable[tuple[str, str]]) -> Names:
    """Codes by their names, and by themselves in small letters."""
    names: dict[str, list[str]] = {}
    codes: dict[str, list[str]] = {}
    for name, code in pairs:
        names.setdefault(name, []).append(code)
        codes[code.lower()] = [code]
    return codes | names


def _code(names: Names, word: str) -> str | None:
    """Raises RuleNameAmbiguous."""
    found = names.get(word) or names.get(word.lower(), ())
    if len(found) > 1:
        raise RuleNameAmbiguous
    return found[0] if found else None
