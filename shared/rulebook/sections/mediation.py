"""Mediation, judicial confirmation and the way to court (facts 2.1, 2.2, 2.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import Field, field_validator

from shared.rulebook.section import Section
from shared.rulebook.sections.people import Named

FULL_WIDTH = str.maketrans("()", "（）")


class ContactAttempts(Section):
    """How often a party is tried before it counts as unreachable (X22)."""

    contacts: int
    on_days: int


class MediationFile(Section):
    """Papers of the archived file; a case cannot close without the mandatory ones."""

    mandatory: tuple[Named, ...]
    optional: tuple[Named, ...]


class Mediation(Section):
    """`participants` make a session valid for CK-03, unless `excused` names a reason (B05, X29)."""

    participants: tuple[str, ...]
    excused: tuple[str, ...]
    committee_fallback: tuple[str, ...]
    committees_expected: int
    full_time_mediators_expected: int
    full_time_needs_certificate: bool
    contact: ContactAttempts
    file: MediationFile


class Confirmation(Section):
    """Joint application for judicial confirmation (T34, N09)."""

    reminder_days: tuple[int, ...]
    results: tuple[str, ...]
    court_choices: tuple[str, ...]
    papers: tuple[Named, ...]

    @field_validator("reminder_days")
    @classmethod
    def reminders_rise(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days)):
            raise ValueError("reminder days rise")
        return days


class Court(Section):
    """A court by the code its case numbers carry, and the division it serves."""

    code: str = Field(pattern=r"^鄂12\d{0,2}$")
    chinese: str
    division: str


@dataclass(frozen=True)
class CaseNumber:
    """A court's case number taken apart; `printed` has full-width brackets."""

    printed: str
    year: int
    court: str
    kind: str
    number: int


class Courts(Section):
    """Courts, case numbers, and what a hand-over package may contain (C07, X27)."""

    known: tuple[Court, ...]
    case_number: str
    case_kinds: tuple[Named, ...]
    package_fields: tuple[str, ...]
    package_never: tuple[str, ...]
    watch_reminder_days: int
    mediation_file_number: str

    @field_validator("case_number")
    @classmethod
    def case_number_is_a_pattern(cls, pattern: str) -> str:
        if re.compile(pattern).groups != 4:
            raise ValueError("the pattern has four groups: year, court, kind, number")
        return pattern

    def parse_case_number(self, typed: str) -> CaseNumber | None:
        """Reads a case number as typed, half-width brackets included; None when it is none."""
        printed = typed.strip().translate(FULL_WIDTH)
        found = re.match(self.case_number, printed)
        if found is None:
            return None
        year, court, kind, number = found.groups()
        return CaseNumber(printed, int(year), court, kind, int(number))
