"""When two complaints seem to speak of one problem (X08, X09); a dispatcher decides."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pydantic import Field, field_validator

from shared.rulebook.section import Section, Weights


class Duplicates(Section):
    """How alike two complaints are, between 0 and 1, and from where a dispatcher is asked.

    `weights` are of WORDING, SUBJECT, CATEGORY and TIME; the place multiplies what they sum to.
    A text shares enough when `wording_enough` of the shorter one's pairs of characters stand in the
    other. `common_phrases` say nothing of a problem and are left out before comparing.
    """

    weights: Weights
    wording_enough: Decimal = Field(gt=0, le=1)
    fades_within_days: int = Field(gt=0)
    proposed_from: Decimal = Field(gt=0, le=1)
    candidates_at_most: int
    candidates_within_days: int
    characters_at_most: int
    common_phrases: tuple[str, ...]

    @property
    def candidates_within(self) -> timedelta:
        return timedelta(days=self.candidates_within_days)

    @field_validator("weights")
    @classmethod
    def all_four_are_weighed(cls, weights: Weights) -> Weights:
        if set(weights) != {"WORDING", "SUBJECT", "CATEGORY", "TIME"}:
            raise ValueError("weights are of WORDING, SUBJECT, CATEGORY and TIME")
        return weights
