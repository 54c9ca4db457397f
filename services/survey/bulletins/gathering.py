"""Gathering what a bulletin or report is composed from: the only look at other rooms' data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.analysis.queries import category_mix
from services.survey.bulletins.domain.content import Assessed, Kind
from services.survey.bulletins.domain.figures import LEVELS
from services.survey.bulletins.domain.former import past_as_counted, past_as_published
from services.survey.bulletins.domain.gathered import Gathered, Gauge, Mix, Named, Past
from services.survey.bulletins.domain.periods import earlier, period_of
from services.survey.bulletins.domain.remarks import Fallen, remark_of
from services.survey.bulletins.domain.steadying import steadied
from services.survey.bulletins.queries import published_figures
from services.survey.bulletins.tables import Bulletin
from services.survey.copies.tables import DivisionCopy
from services.survey.deed import Deed
from services.survey.evaluations.queries import published_of
from services.survey.evaluations.standings import (
    Standings,
    fallen_figures,
    standings_of,
    told_figures,
)
from services.survey.evaluations.tables import EvaluationResult
from services.survey.indicators.domain.places import Level, Place
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Period
from services.survey.indicators.queries import figures, figures_by
from services.survey.indicators.sources.asking import Ask
from shared.clock import BEIJING
from shared.divisions import STREET_DIGITS
from shared.rulebook import Rulebook

UNNAMED = "（企业名称未登记）"
Gauged = Mapping[str, Mapping[str, Share]]  # by place, then by code


async def gather(deed: Deed, bulletin: Bulletin, book: Rulebook) -> Gathered:
    """All that a bulletin or report of this place and period needs, as of now."""
    kind = Kind(bulletin.kind)
    period = period_of(kind, bulletin.period, book.reports)
    if kind is Kind.QUALITY_REPORT:
        return await _evaluations(deed, bulletin, period, book)
    counted = await gather_figures(deed.session, period, book, deed.at)
    gathered = steadied(counted, await published_figures(deed.session, period.name), book)
    past = await _past(deed, bulletin.division, period, book)
    mix = await _mix(deed.session, bulletin.division, period, book)
    own = {"division": bulletin.division, "past": past, "mix": mix}
    return gathered.model_copy(update=own)


async def _evaluations(deed: Deed, bulletin: Bulletin, period: Period, book: Rulebook) -> Gathered:
    """E23: every company in an estate once, as its newest published run has it."""
    places = await places_in(deed.session, period, book)
    names = {each.code: each.name for each in places}
    found = await published_of(deed.session, period.name, bulletin.division)
    newest = {each.evaluation_id: each for each in sorted(found, key=lambda each: each.id)}
    standings = await standings_of(deed.session, list(newest.values()))
    return Gathered(
        period=period.name,
        division=bulletin.division,
        computed_at=deed.at,
        rulebook=book.version,
        places=places,
        assessed=tuple(
            _assessed(each, names, book, standings[each.id]) for each in newest.values()
        ),
    )


async def fallen_scores(session: AsyncSession, period: str, division: str) -> Fallen:
    """What of the published evaluations has been taken back by now (E28)."""
    rows = await published_of(session, period, division)
    standings = await standings_of(session, rows)
    return {
        (str(row.estate_id), str(row.company_id)): fallen_figures(standings[row.id]) for row in rows
    }


def _assessed(
    result: EvaluationResult, names: Mapping[str, str], book: Rulebook, standings: Standings
) -> Assessed:
    street = result.division[:STREET_DIGITS]
    bands = {each.code: each.chinese for each in book.evaluation.bands}
    told = told_figures(result, standings)
    return Assessed(
        estate_id=str(result.estate_id),
        estate_name=result.estate_name,
        division=street,
        division_name=names.get(street, street),
        company_id=str(result.company_id),
        company_name=result.company_name or UNNAMED,
        community=result.community_score,
        band_name=bands.get(told["band"]),
        remark=remark_of(standings),
        **told,
    )


async def gather_figures(
    session: AsyncSession, period: Period, book: Rulebook, at: datetime
) -> Gathered:
    """The core indicators of the city and of all counties and streets in it."""
    city, codes = book.header.city_code, book.reports.core_indicators
    gauged = {city: await figures(session, period.span, Place(division=city), codes)}
    for level in (Level.COUNTY, Level.STREET):
        below = await figures_by(session, period.span, level, city, codes)
        gauged |= {place: shares for place, shares in below.items() if place.startswith(city)}
    places = await places_in(session, period, book)
    known = {each.code for each in places}
    strange = (Named(code=code, name=code) for code in sorted(set(gauged) - known))
    return Gathered(
        period=period.name,
        division=city,
        computed_at=at,
        rulebook=book.version,
        places=(*places, *strange),
        gauges=_flat(gauged),
    )


async def _mix(
    session: AsyncSession, division: str, period: Period, book: Rulebook
) -> tuple[Mix, ...]:
    """C10: what complaints were about."""
    parts = await category_mix(session, Ask(period.span, Place(division=division)))
    known = book.categories
    return tuple(
        Mix(chinese=known[each.code].chinese if each.code in known else each.code, count=each.count)
        for each in parts
    )


async def places_in(session: AsyncSession, period: Period, book: Rulebook) -> tuple[Named, ...]:
    """The city, then the counties and streets that it had in the period, by code."""
    first, last = _days(period)
    rows = await session.execute(
        select(col(DivisionCopy.code), col(DivisionCopy.name))
        .where(
            col(DivisionCopy.code).startswith(book.header.city_code, autoescape=True),
            func.length(col(DivisionCopy.code)).in_(LEVELS),
            col(DivisionCopy.valid_from) <= last,
            or_(col(DivisionCopy.valid_to).is_(None), col(DivisionCopy.valid_to) >= first),
        )
        .order_by(col(DivisionCopy.code), col(DivisionCopy.valid_from))
    )
    names = _known(book) | {row.code: row.name for row in rows}
    return tuple(Named(code=code, name=names[code]) for code in sorted(names, key=_order))


def _known(book: Rulebook) -> dict[str, str]:
    """City and counties are known, whether the directory has told of them or not."""
    counties = {each.code: each.chinese for each in book.divisions.counties}
    return {book.header.city_code: book.header.city_name} | counties


def _order(code: str) -> tuple[int, str]:
    return len(code), code


async def _past(deed: Deed, division: str, period: Period, book: Rulebook) -> tuple[Past, ...]:
    """The periods before it, each looked at with the whole city: what another place's few take
    along is withheld as well.
    """
    found: list[Past] = []
    for each in earlier(period, book.bulletins.trend_periods - 1):
        if published := await published_figures(deed.session, each.name):
            found += past_as_published(division, published, book)
        else:
            counted = await gather_figures(deed.session, each, book, deed.at)
            found += past_as_counted(division, counted, book)
    return tuple(found)


def _flat(gauged: Gauged) -> tuple[Gauge, ...]:
    return tuple(
        Gauge(code=code, place=place, numerator=share.numerator, denominator=share.denominator)
        for place in sorted(gauged, key=_order)
        for code, share in gauged[place].items()
    )


def _days(period: Period) -> tuple[date, date]:
    span = period.span
    return (
        span.since.astimezone(BEIJING).date(),
        (span.until - timedelta(days=1)).astimezone(BEIJING).date(),
    )
