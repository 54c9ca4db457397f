"""Live figures for the desks; indicators, targets and bulletins are survey's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from services.routing.deed import OccasionDep
from services.routing.dispatching.guards import Reader
from services.routing.statistics.dispatches import (
    dispatches_by_choice,
    dispatches_by_unit,
    returns_by_reason,
)
from services.routing.statistics.domain.levels import Level
from services.routing.statistics.queries import Period, by_estate, by_place, streets
from services.routing.statistics.schemas import CaseFiguresOut, DispatchFiguresOut, StreetOfficesOut
from services.routing.statistics.views import dispatch_figures_out, figures_out, offices_out
from shared.clock import BEIJING

router = APIRouter(prefix="/statistics", tags=["statistics"])

DivisionPrefix = Annotated[str | None, Query(pattern=r"^\d{2,12}$")]


def period(since: AwareDatetime, until: AwareDatetime) -> Period:
    return Period(since, until)


PeriodDep = Annotated[Period, Depends(period)]


@router.get("/places")
async def places(
    on: OccasionDep, period: PeriodDep, level: Level, division: DivisionPrefix = None
) -> CaseFiguresOut:
    """A18, B14, B16: accepted, open, overdue and closed, summed by the places of a level."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    found = await by_place(on.session, on.actor, level, period, division)
    items = [figures_out(each, rulebook) for each in found]
    return CaseFiguresOut(since=period.since, until=period.until, items=items)


@router.get("/estates")
async def estates(
    on: OccasionDep, period: PeriodDep, division: DivisionPrefix = None
) -> CaseFiguresOut:
    """A19: the same by estate."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    found = await by_estate(on.session, on.actor, period, division)
    items = [figures_out(each, rulebook) for each in found]
    return CaseFiguresOut(since=period.since, until=period.until, items=items)


@router.get("/dispatching")
async def dispatching(
    on: Reader, period: PeriodDep, division: DivisionPrefix = None
) -> DispatchFiguresOut:
    """T10 to T13: dispatches, late signatures and returns, by unit and by what chose it."""
    by_unit = await dispatches_by_unit(on.session, on.actor, period, division)
    by_choice = await dispatches_by_choice(on.session, on.actor, period, division)
    returns = await returns_by_reason(on.session, on.actor, period, division)
    return dispatch_figures_out(period, by_unit, by_choice, returns)


@router.get("/street-offices")
async def street_offices(
    on: OccasionDep, division: Annotated[str, Query(pattern=r"^\d{2,9}$")]
) -> StreetOfficesOut:
    """A14, A15: which streets have a property office, and whether two or three work there."""
    day = on.now.astimezone(BEIJING).date()
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return offices_out(await streets(on.session, division, day), rulebook)
