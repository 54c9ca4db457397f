"""Disputes counted by category, month, place, company and clock. Bulletins start here as well.

Everything is asked with an `Ask` of the indicators: a time, a place, and how far the reader sees.
A dispute belongs to the time in which it was accepted; what was merged or cancelled is none (T07,
T08).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.analysis.domain.hot_spots import HotSpot, Spot
from services.survey.analysis.domain.mix import Part, parts_of
from services.survey.analysis.domain.trends import Point, points_of, year_before
from services.survey.copies.names import names_of_organisations
from services.survey.copies.tables import EstateCopy, HouseCopy
from services.survey.indicators.domain.formulas import ENDED
from services.survey.indicators.domain.places import UNLIMITED, Place, Reach
from services.survey.indicators.domain.spans import Period, Span
from services.survey.indicators.sources.asking import Ask, during, lies_in
from services.survey.indicators.tables import CaseFact
from shared.contracts.vocabulary import CaseStatus

BEIJING = "Asia/Shanghai"


async def category_mix(session: AsyncSession, ask: Ask) -> Sequence[Part]:
    """C10: every category with its share of all disputes, the most frequent first."""
    code = col(CaseFact.category)
    rows = await session.execute(select(code, func.count()).where(arose(ask)).group_by(code))
    return parts_of({row[0]: row[1] for row in rows})


async def trend(
    session: AsyncSession, periods: Sequence[Period], place: Place, reach: Reach = UNLIMITED
) -> Sequence[Point]:
    """Disputes per period, with the change to the one before and to that of a year before."""
    wanted = {*periods, *(each.previous for each in periods), *map(year_before, periods)}
    whole = Span(min(each.span.since for each in wanted), max(each.span.until for each in wanted))
    month = func.to_char(func.timezone(BEIJING, col(CaseFact.accepted_at)), "YYYY-MM")
    ask = Ask(whole, place, reach=reach)
    rows = await session.execute(select(month, func.count()).where(arose(ask)).group_by(month))
    counts: Counter[Period] = Counter()
    for name, count in rows:
        middle = Period.named(name).span.since
        for period in wanted:
            if period.span.since <= middle < period.span.until:
                counts[period] += count
    begun = await first_accepted(session)
    known_from = Period.around(periods[0].cycle, begun) if begun else None
    return points_of(periods, counts, known_from)


async def hot_spots(session: AsyncSession, ask: Ask, of: Spot) -> Sequence[HotSpot]:
    """Every estate, building or company with a dispute; see `hot_spots.hottest` for the ranks."""
    finders = {Spot.ESTATE: _estates, Spot.BUILDING: _buildings, Spot.COMPANY: _companies}
    return await finders[of](session, arose(ask))


async def overdue_spots(session: AsyncSession, ask: Ask) -> Sequence[HotSpot]:
    """Estates with open cases that are overdue now, whenever they were accepted."""
    return await _estates(session, is_overdue(ask))


async def first_accepted(session: AsyncSession) -> datetime | None:
    """When counting began."""
    found = await session.execute(select(func.min(col(CaseFact.accepted_at))))
    return found.scalar_one()


def arose(ask: Ask) -> ColumnElement[bool]:
    """Disputes of the time and place."""
    return and_(
        lies_in(ask),
        during(CaseFact.accepted_at, ask.span),
        col(CaseFact.state) != CaseStatus.CANCELLED,
    )


def is_overdue(ask: Ask) -> ColumnElement[bool]:
    """Open and late now, accepted before the end of the time."""
    return and_(
        lies_in(ask),
        col(CaseFact.accepted_at) < ask.span.until,
        col(CaseFact.overdue),
        col(CaseFact.state).not_in(ENDED),
    )


async def _estates(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[HotSpot]:
    estate = col(CaseFact.estate_id)
    counted = (
        select(
            estate.label("id"),
            func.max(col(CaseFact.estate_name)).label("name"),
            func.count().label("cases"),
        )
        .where(which)
        .group_by(estate)
        .subquery()
    )
    homes = (
        select(func.count())
        .select_from(HouseCopy)
        .join(EstateCopy, _is_current())
        .where(col(EstateCopy.id) == counted.c.id)
        .scalar_subquery()
    )
    rows = await session.execute(select(counted, homes.label("households")))
    return _spots(rows)


async def _buildings(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[HotSpot]:
    """Cases that name no building are nobody's here."""
    building = col(CaseFact.building_id)
    counted = (
        select(
            building.label("id"),
            func.max(col(CaseFact.estate_name)).label("estate"),
            func.count().label("cases"),
        )
        .where(which, building.is_not(None))
        .group_by(building)
        .subquery()
    )
    homes = (
        select(
            col(HouseCopy.building_id).label("id"),
            func.max(col(HouseCopy.building)).label("number"),
            func.count().label("households"),
        )
        .join(EstateCopy, _is_current())
        .where(col(HouseCopy.building_id).is_not(None))
        .group_by(col(HouseCopy.building_id))
        .subquery()
    )
    number = func.coalesce(homes.c.number, cast(counted.c.id, Text))
    rows = await session.execute(
        select(
            counted.c.id,
            func.concat(counted.c.estate, " ", number).label("name"),
            counted.c.cases,
            homes.c.households,
        ).outerjoin_from(counted, homes, counted.c.id == homes.c.id)
    )
    return _spots(rows)


async def _companies(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[HotSpot]:
    """How many households a company serves changes with every contract; it is not divided by."""
    company = col(CaseFact.company_id)
    rows = await session.execute(
        select(company, func.count()).where(which, company.is_not(None)).group_by(company)
    )
    counts = {row[0]: row[1] for row in rows if row[0] is not None}
    names = await names_of_organisations(session, counts)
    return [
        HotSpot(str(each), names.get(each, str(each)), count, None)
        for each, count in counts.items()
    ]


def _is_current() -> ColumnElement[bool]:
    return and_(
        col(EstateCopy.id) == col(HouseCopy.estate_id),
        col(EstateCopy.version) == col(HouseCopy.version),
    )


def _spots(rows: Any) -> Sequence[HotSpot]:
    return [HotSpot(str(each.id), each.name, each.cases, each.households or None) for each in rows]
