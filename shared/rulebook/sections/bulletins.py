"""Bulletins, quality reports and what the public is shown of figures (D10-D12, E23)."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from shared.rulebook.section import Section


class FigureWords(Section):
    """How a core indicator is explained to readers, and where its figures come from (D11)."""

    code: str
    numerator: str
    denominator: str
    unit: str
    source: str


class Bulletins(Section):
    """Of indicators in `lower_is_better` the lowest is first (D12); those `in_money` are amounts,
    those of `answers` count what people said of themselves, those `maturing` go on growing for a
    while after their period. Where fewer than `ranked_at_least` have a figure, nobody is ranked;
    `streets_listed` is the last rank of streets that is printed; open
    data has all of them.
    """

    figures: tuple[FigureWords, ...]
    lower_is_better: tuple[str, ...]
    in_money: tuple[str, ...]
    answers: tuple[str, ...]
    maturing: tuple[str, ...]
    ranked_at_least: int = Field(ge=2)
    streets_listed: int = Field(ge=1)
    trend_periods: int = Field(ge=2)
    trend_indicators: tuple[str, ...]
    notes_at_most: int = Field(ge=1)
    note_characters: int = Field(ge=1)


class Transparency(Section):
    """How long a public answer may be kept by whoever fetched it."""

    max_age_seconds: int = Field(ge=0)

    @property
    def max_age(self) -> timedelta:
        return timedelta(seconds=self.max_age_seconds)
