"""What people think: return visits and satisfaction surveys (E01-E08, E29, E30)."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, field_validator, model_validator

from shared.rulebook.section import Section


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
    """Raises ValueError: a code that stands twice would make eight indicators seven."""
    if len({each.code for each in indicators}) < len(indicators):
        raise ValueError("an indicator stands twice")
    if any(each.weight <= 0 for each in indicators):
        raise ValueError("an indicator without weight")
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


class Scale(Section):
    """The lowest and the highest mark of a form; the highest on everything is 100 points."""

    bottom: int = Field(ge=0)
    top: int

    @model_validator(mode="after")
    def rises(self) -> Scale:
        if self.bottom >= self.top:
            raise ValueError("the scale does not rise")
        return self


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
    days_at_most: int = Field(ge=1)
    publication_channels: tuple[str, ...]
    low_score: LowScore
    cycle: str
    one_answer_per_house: bool
    tenants_answer: bool
    baseline: Baseline

    @property
    def scale(self) -> Scale:
        return Scale(bottom=1, top=self.scale_top)

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
