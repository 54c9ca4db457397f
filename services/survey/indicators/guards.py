"""What is asked for, and whether the caller may read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query
from pydantic import AwareDatetime
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.survey.copies.tables import EstateCopy
from services.survey.deed import DeedDep
from services.survey.indicators.domain.asking import Asked, asked_time, one_place
from services.survey.indicators.domain.formulas import FORMULAS, Code
from services.survey.indicators.domain.places import Level, Place
from services.survey.indicators.domain.policies import (
    OF_A_COMPANY,
    PlaceNotYours,
    ReadersOnly,
    Reading,
    divisions_of,
    reading_of,
    reads_at_all,
)
from services.survey.surveys.domain.scope import EstateUnknown
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, Now

Digits = Annotated[str | None, Query(pattern=r"^[0-9]{2,12}$")]
Moment = Annotated[AwareDatetime | None, Query()]
Name = Annotated[str | None, Query(max_length=10, description="2026, 2026-H1, 2026-Q1, 2026-03")]
Indicator = Annotated[str, Path(json_schema_extra={"enum": [str(code) for code in Code]})]
Codes = Annotated[list[Code] | None, Query(max_length=len(Code))]


class IndicatorUnknown(NotFound):
    """There is no such indicator."""

    code = "INDICATOR_UNKNOWN"
    chinese = "没有这项指标。"


def reader(actor: CurrentActor) -> Actor:
    """Raises ReadersOnly."""
    if not reads_at_all(actor):
        raise ReadersOnly
    return actor


def code_named(indicator: Indicator, _: Annotated[Actor, Depends(reader)]) -> Code:
    """Raises IndicatorUnknown."""
    if indicator not in FORMULAS:
        raise IndicatorUnknown
    return Code(indicator)


def time_asked(now: Now, period: Name = None, since: Moment = None, until: Moment = None) -> Asked:
    """Raises PeriodInvalid, PeriodAmbiguous or SpanInvalid."""
    return asked_time(period, since, until, now)


async def reading(
    actor: Annotated[Actor, Depends(reader)],
    deed: DeedDep,
    division: Digits = None,
    estate_id: UUID | None = None,
    company_id: UUID | None = None,
) -> Reading:
    """Raises PlaceAmbiguous, PlaceNotYours or EstateUnknown."""
    found = reading_of(actor, one_place(division, estate_id, company_id))
    if estate_id is not None:
        await estate_within(deed.session, found, estate_id)
    return found


async def reading_by(found: ReadingDep, level: Level | None = None) -> Reading:
    """A company compares its estates, and nothing else. Raises PlaceNotYours."""
    if found.company_id is not None and level is not None and level not in OF_A_COMPANY:
        raise PlaceNotYours
    return found


async def estate_reading(
    estate_id: UUID, actor: Annotated[Actor, Depends(reader)], deed: DeedDep
) -> tuple[Reading, EstateCopy]:
    """Raises EstateUnknown, also for an estate of somebody else's."""
    place = Place(estate_id=estate_id)
    try:
        found = reading_of(actor, place)
    except PlaceNotYours:
        raise EstateUnknown from None
    return found, await estate_within(deed.session, found, estate_id)


def overseer(actor: Annotated[Actor, Depends(reader)]) -> Actor:
    """Raises ReadersOnly for a company's people."""
    if reading_of(actor, Place()).company_id is not None:
        raise ReadersOnly
    return actor


def office_places(
    actor: Annotated[Actor, Depends(overseer)], division: Digits = None
) -> Sequence[str]:
    """The division asked for, or the own ones. Raises PlaceNotYours."""
    own = divisions_of(actor)
    if division is None:
        return own
    if not division.startswith(own or ("-",)):
        raise PlaceNotYours
    return (division,)


async def estate_within(session: AsyncSession, found: Reading, estate_id: UUID) -> EstateCopy:
    """Raises EstateUnknown."""
    wanted = select(EstateCopy).where(col(EstateCopy.id) == estate_id)
    estate = (await session.execute(wanted)).scalar_one_or_none()
    if estate is None:
        raise EstateUnknown
    reach = found.reach.divisions
    codes = (estate.division, estate.community or estate.division)
    if reach is not None and not any(code.startswith(reach) for code in codes if reach):
        raise EstateUnknown
    return estate


ReadingDep = Annotated[Reading, Depends(reading)]
ReadingByDep = Annotated[Reading, Depends(reading_by)]
EstateReadingDep = Annotated[tuple[Reading, EstateCopy], Depends(estate_reading)]
CodeDep = Annotated[Code, Depends(code_named)]
TimeDep = Annotated[Asked, Depends(time_asked)]
OfficePlacesDep = Annotated[Sequence[str], Depends(office_places)]
