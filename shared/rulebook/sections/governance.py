"""Meetings, analyses, bulletins, targets, training: the centre's calendar (C08-D15, F08-F19)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from shared.rulebook.section import Section
from shared.rulebook.sections.people import Named


class Meetings(Section):
    """Cycles of the three levels and of the consultation in an estate (D01-D09)."""

    community: str
    street: str
    city: str
    consultation: str
    consultation_convenor: str
    consultation_sides: tuple[Named, ...]
    consultation_reminder_days: int
    consultation_topics: tuple[Named, ...] = Field(min_length=6, max_length=6)
    consultation_other_topics: bool
    consultation_steps: tuple[str, ...]


class Reports(Section):
    """Bulletin, quality report, analysis, inspection (C08, C09, D10, D11, E23)."""

    bulletin_cycle: str
    core_indicators: tuple[str, ...] = Field(min_length=10, max_length=10)
    quality_cycle: str
    analysis_cycle: str
    analysis_top: int
    inspection_cycle: str
    inspection_participants: tuple[str, ...]
    three_lists: tuple[str, ...]
    typical_cases_per_year: int
    live_within_seconds: int

    @property
    def live_within(self) -> timedelta:
        return timedelta(seconds=self.live_within_seconds)


class Formula(Section):
    """How a percentage is formed (facts 2.11). A zero denominator shows as "—"."""

    code: str
    chinese: str
    numerator: str
    denominator: str


class Indicators(Section):
    """Formulas by code, and how soon a complaint about the same object counts as repeated."""

    repeat_complaint_days: int
    formulas: tuple[Formula, ...]

    @property
    def repeat_complaint_within(self) -> timedelta:
        return timedelta(days=self.repeat_complaint_days)


class Target(Section):
    """A figure the city has set itself; `comparator` is >= for 以上."""

    code: str
    chinese: str
    comparator: Literal[">=", "<="]
    percent: Decimal
    due: date
    scope: str


class Training(Section):
    """Reference data about training, handbook and candidates; no business logic (F08-F18)."""

    cycle: str
    forms: tuple[str, ...]
    handbook_chapters: int
    handbook_named: tuple[str, ...]
    candidate_checks: tuple[str, ...]
