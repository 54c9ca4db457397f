"""The working calendar as it is now: the published one with what the operator has entered."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.clocks.domain.deadlines import needs_calendar
from services.routing.clocks.tables import CalendarDay, CalendarYear
from shared.calendars import WorkingCalendar
from shared.rulebook import ClockKind, Rulebook

PUBLISHED = WorkingCalendar()


async def working_calendar(session: AsyncSession) -> WorkingCalendar:
    days = (await session.execute(select(CalendarDay))).scalars().all()
    years = (await session.execute(select(CalendarYear))).scalars().all()
    return WorkingCalendar({day.day: day.worked for day in days}, [year.year for year in years])


async def calendar_for(
    session: AsyncSession, kinds: Iterable[ClockKind], rulebook: Rulebook
) -> WorkingCalendar:
    """Hours and civil days need no calendar, so most cases do not ask for one."""
    if not needs_calendar(kinds, rulebook):
        return PUBLISHED
    return await working_calendar(session)
