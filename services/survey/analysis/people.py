"""Who complains again and again: how many they are, never who (C08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.indicators.domain.places import Place, Reach
from services.survey.indicators.sources.asking import Ask, during
from services.survey.indicators.tables import CaseFact, ComplaintFact
from shared.contracts.vocabulary import ComplaintStatus
from shared.divisions import STREET_DIGITS


@dataclass(frozen=True)
class Repeaters:
    """Persons with many complaints of the time: in all, and by the estate complained about."""

    total: int
    complaints: int
    by_estate: Mapping[str, int]
    names: Mapping[str, str]


async def repeat_reporters(session: AsyncSession, ask: Ask, at_least: int) -> Repeaters:
    """Nobody counts who did not tell the name, and no complaint that was taken back."""
    filed = _filed(ask)
    person, estate = col(ComplaintFact.owner_id), col(ComplaintFact.estate_id)
    many = select(func.count().label("complaints")).where(filed).group_by(person)
    many_of_all = many.having(func.count() >= at_least).subquery()
    total, complaints = (
        await session.execute(
            select(func.count(), func.coalesce(func.sum(many_of_all.c.complaints), 0))
        )
    ).one()
    here = select(cast(estate, Text).label("estate")).where(filed).group_by(estate, person)
    many_here = here.having(func.count() >= at_least).subquery()
    rows = await session.execute(
        select(many_here.c.estate, func.count()).group_by(many_here.c.estate)
    )
    by_estate = {row[0]: row[1] for row in rows}
    named = await session.execute(
        select(cast(col(EstateCopy.id), Text), col(EstateCopy.display_name)).where(
            col(EstateCopy.id).in_(sorted(map(UUID, by_estate)))
        )
    )
    return Repeaters(total, int(complaints), by_estate, {row[0]: row[1] for row in named})


def _filed(ask: Ask) -> ColumnElement[bool]:
    return and_(
        during(ComplaintFact.submitted_at, ask.span),
        col(ComplaintFact.owner_id).is_not(None),
        ~col(ComplaintFact.anonymous),
        col(ComplaintFact.state) != ComplaintStatus.WITHDRAWN,
        _of_place(ask.place),
        _within(ask.reach),
    )


def _of_place(place: Place) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if place.division is not None:
        parts.append(_in_division(place.division))
    if place.estate_id is not None:
        parts.append(col(ComplaintFact.estate_id) == place.estate_id)
    if place.company_id is not None:
        parts.append(_of_companies({place.company_id}))
    return and_(*parts)


def _within(reach: Reach) -> ColumnElement[bool]:
    """A13 by the company of the case that the complaint became."""
    parts: list[ColumnElement[bool]] = [true()]
    if reach.divisions is not None:
        parts.append(or_(false(), *map(_in_division, reach.divisions)))
    if reach.estates is not None:
        parts.append(col(ComplaintFact.estate_id).in_(sorted(reach.estates)))
    if reach.without:
        parts.append(~_of_companies(reach.without))
    return and_(*parts)


def _in_division(code: str) -> ColumnElement[bool]:
    """A complaint knows its street; the community is that of the estate."""
    if len(code) <= STREET_DIGITS:
        return col(ComplaintFact.division).startswith(code, autoescape=True)
    estates = select(col(EstateCopy.id)).where(
        col(EstateCopy.community).startswith(code, autoescape=True)
    )
    return col(ComplaintFact.estate_id).in_(estates)


def _of_companies(companies: object) -> ColumnElement[bool]:
    cases = select(col(CaseFact.id)).where(col(CaseFact.company_id).in_(sorted(companies)))  # type: ignore[call-overload]
    return and_(col(ComplaintFact.case_id).is_not(None), col(ComplaintFact.case_id).in_(cases))
