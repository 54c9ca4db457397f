"""Ratings by representatives and panels, and who represents whom (E09-E14, U06)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, field_validator, model_validator

from shared.rulebook.section import Section, Weights, frozen
from shared.rulebook.sections.survey import Indicator, Scale, check_indicators

QUARTERLY_INDICATORS = 8  # E10: 8项指标
RatingCycle = Literal["QUARTER", "HALF_YEAR"]
Rater = Literal["PARTY_REPRESENTATIVE", "OWNER_REPRESENTATIVE"]
PanelPart = Literal["STREET", "COMMUNITY_PARTY", "PARTY_REPRESENTATIVE", "OWNER_REPRESENTATIVE"]


class FormWords(Section):
    title: str
    introduction: str


class Ratings(Section):
    """Representatives rate the company, a panel rates the committee (E09-E14, U06)."""

    quarterly_indicators: tuple[Indicator, ...] = Field(
        min_length=QUARTERLY_INDICATORS, max_length=QUARTERLY_INDICATORS
    )
    quarterly_cycle: RatingCycle
    quarterly_form: FormWords
    scale: Scale
    raters: tuple[Rater, ...]
    bidirectional: bool
    committee_panel: tuple[PanelPart, ...]
    committee_weights: Weights
    committee_cycle: RatingCycle
    committee_marking_days: int = Field(ge=1)
    committee_indicators: tuple[Indicator, ...]
    committee_form: FormWords
    renewal_quarters: int

    @field_validator("quarterly_indicators", "committee_indicators")
    @classmethod
    def indicators_make_a_whole(cls, value: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return check_indicators(value)

    @field_validator("bidirectional")
    @classmethod
    def nobody_has_written_the_other_form(cls, value: bool) -> bool:
        if value:
            raise ValueError("there is no form by which a company rates a committee")
        return value

    @model_validator(mode="after")
    def every_part_of_the_panel_counts(self) -> Ratings:
        if set(self.committee_weights) != set(self.committee_panel):
            raise ValueError("committee_weights and committee_panel name different parts")
        return self


class Representatives(Section):
    """Residents who speak for party members or owners of an estate (E09).

    `relations`: as what a representative of each kind may live there.
    """

    relations: Annotated[Mapping[str, tuple[str, ...]], AfterValidator(frozen)]
    term_years_at_most: int = Field(ge=1)
    code_valid_hours: int = Field(ge=1)
    guesses_at_most: int = Field(ge=1)
    guesses_within_minutes: int = Field(ge=1)

    @field_validator("relations")
    @classmethod
    def every_kind_lives_there(
        cls, value: Mapping[str, tuple[str, ...]]
    ) -> Mapping[str, tuple[str, ...]]:
        if set(value) != set(get_args(Rater)):
            raise ValueError("relations name other kinds of representatives than there are")
        return value

    @property
    def code_lifetime(self) -> timedelta:
        return timedelta(hours=self.code_valid_hours)
