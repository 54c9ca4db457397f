"""What people think: return visits, surveys, evaluations, credit, tenders (E01-E30, F01-F07)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field, field_validator, model_validator

from shared.rulebook.bands import Bands
from shared.rulebook.section import Section, Weights


class Scores(Section):
    """Round half-up first, then compare (ground rule 0.2.6)."""

    decimals: int
    rounding: str


class Level(Section):
    level: int
    chinese: str
    points: Decimal


class Satisfaction(Section):
    """The five-level scale of a return visit (facts 2.5, U23)."""

    levels: tuple[Level, ...]
    positive_from: int
    visit_attempts: int
    questions: tuple[str, ...]

    def points(self, level: int) -> Decimal:
        """Raises KeyError for a level outside the scale."""
        return {each.level: each.points for each in self.levels}[level]


class Indicator(Section):
    """A dimension people score, with its share of the whole."""

    code: str
    chinese: str
    weight: Decimal
    named_by_letter: bool = False


def check_indicators(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    total = sum(each.weight for each in indicators)
    if total != 1:
        raise ValueError(f"weights sum to {total}, not to 1")
    return indicators


class LowScore(Section):
    """So many consecutive published scores below the threshold prompt a talk (E07)."""

    below: Decimal
    consecutive: int


class Question(Section):
    dimension: str
    text: str


class Step(Section):
    level: int
    chinese: str


class Questionnaire(Section):
    """The words of the survey: one question per dimension, one word per level of the scale."""

    title: str
    introduction: str
    scale: tuple[Step, ...]
    questions: tuple[Question, ...]


class Baseline(Section):
    """What the letter reports of the pilots, as quoted (E08, U16); never computed with."""

    year: int
    satisfaction: str
    complaints: str


class Survey(Section):
    """The owners' satisfaction survey of an estate (E01-E08, E29, E30)."""

    pilot_divisions: tuple[str, ...]
    pilot_only: bool
    modes: tuple[str, ...]
    offline_coverage_at_least: Decimal
    tries_before_not_reached: int
    dimensions: tuple[Indicator, ...]
    scale_top: int
    questionnaire: Questionnaire
    cell_at_least: int = Field(ge=2)
    publication_channels: tuple[str, ...]
    low_score: LowScore
    cycle: str
    one_answer_per_house: bool
    tenants_answer: bool
    baseline: Baseline

    @field_validator("dimensions")
    @classmethod
    def dimensions_make_a_whole(cls, value: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return check_indicators(value)

    @model_validator(mode="after")
    def questionnaire_fits(self) -> Survey:
        asked = [each.dimension for each in self.questionnaire.questions]
        if asked != [each.code for each in self.dimensions]:
            raise ValueError("the questionnaire does not ask once for every dimension, in order")
        if [each.level for each in self.questionnaire.scale] != [*range(1, self.scale_top + 1)]:
            raise ValueError("the scale of the questionnaire is not 1 to scale_top")
        return self


class Ratings(Section):
    """Representatives rate the company, a panel rates the committee (E09-E14, U06)."""

    quarterly_indicators: tuple[Indicator, ...] = Field(min_length=8, max_length=8)
    raters: tuple[str, ...]
    bidirectional: bool
    committee_panel: tuple[str, ...]
    committee_cycle: str
    renewal_quarters: int

    @field_validator("quarterly_indicators")
    @classmethod
    def indicators_make_a_whole(cls, value: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return check_indicators(value)


class Evaluation(Section):
    """The half-yearly evaluation of companies (E15-E27, U13, U14, U19)."""

    composite: Weights
    third_party: Weights
    cycle: str
    third_party_from: date
    bands: Bands
    year_grade: str
    allow_same_owner_source: bool
    poor_years: int
    dismissal_notice_days: int


class Credit(Section):
    """The credit grade that follows from the composite score (E16-E19, E28, U19, U20)."""

    bands: Bands
    source: str
    government_priority: tuple[str, ...]
    bidding_restricted: tuple[str, ...]
    confirmed_by_two: tuple[str, ...]


class Subsidy(Section):
    """What an excellent grade adds: `uplift` multiplies (U15), `bonus` adds points (E24, E25)."""

    uplift: Decimal
    bonus: Decimal
    bonus_cap: Decimal


class Tenders(Section):
    """Bids for an estate's management (F01-F07, U07, U32)."""

    weights: Weights
    panel_at_least: int
    panel_at_most: int
    document_items: tuple[str, ...]
    methods: tuple[str, ...]
    old_estate_method: str
    new_estate_tender_mandatory: bool
    exception_below_bidders: int

    @model_validator(mode="after")
    def panel_is_a_range(self) -> Tenders:
        if self.panel_at_least > self.panel_at_most:
            raise ValueError("panel_at_least is above panel_at_most")
        return self
