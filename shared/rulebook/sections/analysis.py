"""Analysis of disputes, and the monthly one that a meeting works through (C08, C10)."""

from __future__ import annotations

from datetime import time

from pydantic import Field

from shared.rulebook.section import Section


class Analysis(Section):
    """`generated_from` is the hour on the first of the month from which the report is made."""

    generated_from: time
    repeat_reporter_from: int = Field(ge=2)
    cell_at_least: int = Field(ge=2)
    hot_spots_at_most: int
    households_unit: int
    trend_periods: int
