"""What a monthly report has found: computed once, kept as it is (C08)."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from services.survey.analysis.domain.hot_spots import Spot, hottest
from services.survey.analysis.people import repeat_reporters
from services.survey.analysis.presenting import (
    category_out,
    change_out,
    performance_out,
    repeaters_out,
    spots_out,
)
from services.survey.analysis.promises import clock_performance
from services.survey.analysis.queries import category_mix, hot_spots, overdue_spots, trend
from services.survey.analysis.schemas import (
    CategoryOut,
    ChangeOut,
    HotSpotOut,
    PerformanceOut,
    RepeatersOut,
)
from services.survey.deed import Deed
from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.spans import Period
from services.survey.indicators.sources.asking import Ask
from shared.rulebook import Rulebook


class Findings(BaseModel):
    """`overdue` are open cases that were late when this was computed, `overdue_estates` where."""

    disputes: int
    to_previous: ChangeOut
    to_year_before: ChangeOut
    categories: list[CategoryOut]
    estates: list[HotSpotOut]
    companies: list[HotSpotOut]
    overdue: int
    overdue_estates: list[HotSpotOut]
    clocks: list[PerformanceOut]
    repeat_reporters: RepeatersOut


async def find(deed: Deed, book: Rulebook, month: Period, division: str) -> Findings:
    """All of a month and a place, as it is known now."""
    session, place = deed.session, Place(division=division)
    ask, top = Ask(month.span, place), book.reports.analysis_top
    (point,) = await trend(session, [month], place)
    mix = await category_mix(session, ask)
    late = await overdue_spots(session, ask)
    estates = await hot_spots(session, ask, Spot.ESTATE)
    companies = await hot_spots(session, ask, Spot.COMPANY)
    clocks = await clock_performance(session, ask, deed.at)
    reporters = await repeat_reporters(session, ask, book.analysis.repeat_reporter_from)
    return Findings(
        disputes=point.count,
        to_previous=change_out(point.to_previous, book),
        to_year_before=change_out(point.to_year_before, book),
        categories=[category_out(each, book) for each in mix[:top]],
        estates=spots_out(hottest(estates, top), book),
        companies=spots_out(hottest(companies, top), book),
        overdue=sum(each.cases for each in late),
        overdue_estates=spots_out(hottest(late, top), book),
        clocks=[performance_out(each, book) for each in clocks],
        repeat_reporters=repeaters_out(reporters, book),
    )


def companies_in(findings: Findings) -> list[UUID]:
    return sorted(UUID(each.id) for each in findings.companies)
