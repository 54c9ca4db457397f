"""工作室覆盖率: streets and townships with an active property office (A15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import DivisionCopy, OrganisationCopy
from services.survey.indicators.domain.formulas import Code
from services.survey.indicators.domain.places import DIGITS, Level
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.sources.asking import ALL, Ask, Found
from shared.clock import BEIJING
from shared.contracts.vocabulary import OrganisationKind

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Street:
    """`offices` are active ones; `staff_count` is that of the best staffed, where it is known."""

    code: str
    name: str
    offices: int
    staff_count: int | None


async def of_offices(session: AsyncSession, ask: Ask, codes: Sequence[Code]) -> Found:
    """The streets of the last day of the period, and the offices there are now."""
    place = ask.place
    if place.estate_id or place.company_id or ask.reach.estates is not None:
        return {}
    if ask.by not in {None, Level.CITY, Level.COUNTY, Level.STREET}:
        return {}
    day = (ask.span.until - INSTANT).astimezone(BEIJING).date()
    streets = await streets_of(session, place.division or "", day)
    reach = ask.reach.divisions
    digits = DIGITS[ask.by] if ask.by else 0
    parts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for street in streets:
        if reach is not None and not street.code.startswith(reach):
            continue
        key = street.code[:digits] or ALL
        wholes[key] += 1
        parts[key] += bool(street.offices)
    return {key: {code: Share(parts[key], wholes[key]) for code in codes} for key in wholes}


async def streets_of(session: AsyncSession, division: str, day: date) -> Sequence[Street]:
    """Every street or township below a division on a day, by its code."""
    office = and_(
        col(OrganisationCopy.division) == col(DivisionCopy.code),
        col(OrganisationCopy.kind) == OrganisationKind.STREET_PROPERTY_OFFICE,
        col(OrganisationCopy.active),
    )
    rows = await session.execute(
        select(
            col(DivisionCopy.code),
            col(DivisionCopy.name),
            func.count(col(OrganisationCopy.id)),
            func.max(col(OrganisationCopy.staff_count)),
        )
        .outerjoin(OrganisationCopy, office)
        .where(
            col(DivisionCopy.level) == Level.STREET,
            col(DivisionCopy.code).startswith(division, autoescape=True),
            col(DivisionCopy.valid_from) <= day,
            or_(col(DivisionCopy.valid_to).is_(None), col(DivisionCopy.valid_to) >= day),
        )
        .group_by(col(DivisionCopy.code), col(DivisionCopy.name))
        .order_by(col(DivisionCopy.code))
    )
    return [Street(code, name, offices, staff) for code, name, offices, staff in rows]


async def streets_within(
    session: AsyncSession, places: Sequence[str], day: date
) -> Sequence[Street]:
    """The same of several divisions, each street once."""
    found = {
        street.code: street for place in places for street in await streets_of(session, place, day)
    }
    return [found[code] for code in sorted(found)]
