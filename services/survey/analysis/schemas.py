"""Analysis as it is shown. Percentages and rates are “—” where there is nothing to divide by."""

from __future__ import annotations

from pydantic import BaseModel

from services.survey.analysis.domain.hot_spots import Spot
from services.survey.times import Moment


class AskedOut(BaseModel):
    """What the figures are of: a period, from `since` to before `until`."""

    period: str
    since: Moment
    until: Moment


class CategoryOut(BaseModel):
    """`count` disputes `of` all."""

    code: str
    name: str
    count: int
    of: int
    percent: str


class CategoriesOut(AskedOut):
    """C10: what disputes are about, the most frequent first."""

    disputes: int
    items: list[CategoryOut]


class ChangeOut(BaseModel):
    """`before` is absent where nothing is known of that time."""

    before: int | None
    difference: int | None
    percent: str


class TrendPointOut(AskedOut):
    disputes: int
    to_previous: ChangeOut
    to_year_before: ChangeOut


class TrendOut(BaseModel):
    """The oldest first."""

    items: list[TrendPointOut]


class HotSpotOut(BaseModel):
    """`per_households` is cases per a hundred households; equals share a `rank`."""

    rank: int
    id: str
    name: str
    cases: int
    households: int | None
    per_households: str


class HotSpotsOut(AskedOut):
    of: Spot
    items: list[HotSpotOut]


class EstateCountOut(BaseModel):
    """`reporters` is absent where it is too small to be shown, or would tell one that is."""

    estate_id: str
    name: str
    reporters: int | None


class RepeatersOut(BaseModel):
    """How many persons complained at least `at_least` times; nothing says who."""

    at_least: int
    cell_at_least: int
    reporters: int | None
    complaints: int | None
    estates: list[EstateCountOut]


class RepeatReportersOut(AskedOut):
    found: RepeatersOut


class PerformanceOut(BaseModel):
    """Of the clocks that fell due in the period; the margin is negative where most were late."""

    kind: str
    name: str
    met: int
    breached: int
    percent: str
    median_margin_minutes: int | None


class ClocksOut(AskedOut):
    items: list[PerformanceOut]


class ObjectionsOut(BaseModel):
    """T12, T13: `upheld` of `decided` went to somebody else."""

    unit_id: str
    name: str | None
    raised: int
    decided: int
    upheld: int
    percent: str


class DispatchObjectionsOut(AskedOut):
    items: list[ObjectionsOut]
