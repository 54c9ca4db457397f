"""When two complaints seem to speak of one problem (X08, X09); a dispatcher decides."""

from __future__ import annotations

from datetime import timedelta
from math import isclose

from pydantic import Field, model_validator

from shared.rulebook.section import Section


class LikenessWeights(Section):
    """What counts how much; together 1."""

    wording: float = Field(ge=0)
    subject: float = Field(ge=0)
    category: float = Field(ge=0)
    time: float = Field(ge=0)

    @model_validator(mode="after")
    def they_are_a_whole(self) -> LikenessWeights:
        total = self.wording + self.subject + self.category + self.time
        if not isclose(total, 1):
            raise ValueError(f"weights sum to {total}, not to 1")
        return self


class Duplicates(Section):
    """How alike two complaints are, between 0 and 1, and from where a dispatcher is asked.

    The place multiplies what the `weights` sum to. A text shares enough when `wording_enough` of
    the shorter one's pairs of characters stand in the other. `common_phrases` say nothing of a
    problem and are left out before comparing.
    """

    weights: LikenessWeights
    wording_enough: float = Field(gt=0, le=1)
    fades_within_days: int = Field(gt=0)
    proposed_from: float = Field(gt=0, le=1)
    candidates_at_most: int
    candidates_within_days: int
    characters_at_most: int
    common_phrases: tuple[str, ...]

    @property
    def candidates_within(self) -> timedelta:
        return timedelta(days=self.candidates_within_days)
