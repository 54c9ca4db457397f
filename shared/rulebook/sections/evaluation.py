"""Evaluations and what follows from them: credit, subsidies, tenders (E15-E27, F01-F07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field, field_validator, model_validator

from shared.rulebook.bands import Bands
from shared.rulebook.section import Section, Weights

COMPOSITE_PARTS = {"owners", "community", "third_party"}


class Evaluation(Section):
    """The half-yearly evaluation of companies (E15-E27, U13, U14, U19).

    `third_party_names` says how a dimension is called, on a sheet too; `owner_dimension` is the one
    that owners themselves give. `score_top` is the most that one of them, or of the community's
    indicators, is given. For `correction_days` after its contract an agency corrects what it has
    imported.
    """

    composite: Weights
    third_party: Weights
    third_party_names: Mapping[str, str]
    owner_dimension: str
    sample_at_least: int = Field(ge=1)
    score_top: Decimal
    community_source: Literal["ASSESSMENT"]
    cycle: str
    third_party_from: date
    correction_days: int = Field(ge=0)
    bands: Bands
    year_grade: str
    allow_same_owner_source: bool
    poor_years: int
    dismissal_notice_days: int
    dismissal_steps: tuple[str, ...]

    @model_validator(mode="after")
    def parts_fit(self) -> Evaluation:
        if set(self.composite) != COMPOSITE_PARTS:
            raise ValueError("a composite is made of owners, community and third_party")
        if set(self.third_party_names) != set(self.third_party):
            raise ValueError("third_party_names does not name every dimension of third_party")
        if self.owner_dimension not in self.third_party:
            raise ValueError("owner_dimension is no dimension of third_party")
        return self


class Credit(Section):
    """The credit grade that follows from the composite score (E16-E19, E28, U19, U20)."""

    bands: Bands
    source: str
    government_priority: tuple[str, ...]
    bidding_restricted: tuple[str, ...]
    confirmed_by_two: tuple[str, ...]
    company_mean: Literal["BY_HOUSEHOLDS", "PLAIN"]
    kept_years: int = Field(ge=1)
    appeal_days: int = Field(ge=1)


class Subsidy(Section):
    """What an excellent grade adds: `uplift` multiplies (U15), `bonus` adds points (E24, E25).

    `bonus_mean` says how the scores of a company's estates become the one that earns the bonus.
    """

    uplift: Decimal
    bonus: Decimal
    bonus_mean: Literal["BY_HOUSEHOLDS", "PLAIN"]
    bonus_cap: Decimal


BID_INDICATORS = frozenset({"service", "credit", "price"})


class Tenders(Section):
    """Bids for an estate's management (F01-F07, U07, U32).

    By `vote_methods` the owners vote: at least `vote_quorum` of them take part, by number and by
    area, and more than `vote_majority` of these agree.
    """

    weights: Weights
    panel_at_least: int
    panel_at_most: int
    document_items: tuple[str, ...]
    methods: tuple[str, ...]
    old_estate_method: str
    vote_methods: tuple[str, ...]
    vote_quorum: Fraction = Field(gt=0, le=1)
    vote_majority: Fraction = Field(gt=0, lt=1)
    new_estate_tender_mandatory: bool
    exception_below_bidders: int

    @field_validator("weights")
    @classmethod
    def weights_name_the_indicators(cls, value: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
        if set(value) != BID_INDICATORS:
            raise ValueError(f"weights name {sorted(value)}, not {sorted(BID_INDICATORS)}")
        return value

    @model_validator(mode="after")
    def panel_is_a_range(self) -> Tenders:
        if self.panel_at_least > self.panel_at_most:
            raise ValueError("panel_at_least is above panel_at_most")
        return self

    @model_validator(mode="after")
    def votes_are_of_methods(self) -> Tenders:
        if not set(self.vote_methods) <= set(self.methods):
            raise ValueError("vote_methods name what is not among the methods")
        return self
