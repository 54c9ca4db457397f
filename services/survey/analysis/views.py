"""Answers to analysts, each with the period it is about."""

from __future__ import annotations

from typing import Any

from services.survey.analysis.domain.hot_spots import Spot, hottest
from services.survey.analysis.domain.trends import up_to
from services.survey.analysis.guards import Question
from services.survey.analysis.people import repeat_reporters
from services.survey.analysis.presenting import (
    category_out,
    change_out,
    objections_out,
    performance_out,
    repeaters_out,
    spots_out,
)
from services.survey.analysis.promises import clock_performance, objections
from services.survey.analysis.queries import category_mix, hot_spots, trend
from services.survey.analysis.schemas import (
    CategoriesOut,
    ClocksOut,
    DispatchObjectionsOut,
    HotSpotsOut,
    RepeatReportersOut,
    TrendOut,
    TrendPointOut,
)
from services.survey.deed import Deed
from services.survey.indicators.domain.spans import Period
from shared.rulebook import Rulebook


async def categories_out(deed: Deed, asked: Question) -> CategoriesOut:
    parts = await category_mix(deed.session, asked.ask)
    items = [category_out(each, _book(deed)) for each in parts]
    disputes = sum(each.count for each in items)
    return CategoriesOut(**_asked(asked.period), disputes=disputes, items=items)


async def trend_out(deed: Deed, asked: Question) -> TrendOut:
    """The period asked for and those before it."""
    book = _book(deed)
    periods = up_to(asked.period, book.analysis.trend_periods)
    points = await trend(deed.session, periods, asked.ask.place, asked.ask.reach)
    return TrendOut(
        items=[
            TrendPointOut(
                **_asked(each.period),
                disputes=each.count,
                to_previous=change_out(each.to_previous, book),
                to_year_before=change_out(each.to_year_before, book),
            )
            for each in points
        ]
    )


async def hot_spots_out(deed: Deed, asked: Question, of: Spot) -> HotSpotsOut:
    book = _book(deed)
    found = hottest(await hot_spots(deed.session, asked.ask, of), book.analysis.hot_spots_at_most)
    return HotSpotsOut(**_asked(asked.period), of=of, items=spots_out(found, book))


async def repeat_reporters_out(deed: Deed, asked: Question) -> RepeatReportersOut:
    book = _book(deed)
    found = await repeat_reporters(deed.session, asked.ask, book.analysis.repeat_reporter_from)
    return RepeatReportersOut(**_asked(asked.period), found=repeaters_out(found, book))


async def clocks_out(deed: Deed, asked: Question) -> ClocksOut:
    found = await clock_performance(deed.session, asked.ask, deed.at)
    items = [performance_out(each, _book(deed)) for each in found]
    return ClocksOut(**_asked(asked.period), items=items)


async def dispatch_objections_out(deed: Deed, asked: Question) -> DispatchObjectionsOut:
    found = await objections(deed.session, asked.ask)
    items = [objections_out(each, _book(deed)) for each in found]
    return DispatchObjectionsOut(**_asked(asked.period), items=items)


def _asked(period: Period) -> dict[str, Any]:
    return {"period": period.name, **vars(period.span)}


def _book(deed: Deed) -> Rulebook:
    return deed.runtime.rulebooks.in_force_at(deed.at)
