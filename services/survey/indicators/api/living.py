"""How an estate stands now (A19), and which streets have their office (A15)."""

from __future__ import annotations

from fastapi import APIRouter

from services.survey.deed import DeedDep
from services.survey.indicators.guards import EstateReadingDep, OfficePlacesDep, TimeDep
from services.survey.indicators.schemas import EstateFiguresOut, StreetOfficesOut
from services.survey.indicators.sources.offices import streets_within
from services.survey.indicators.views import estate_figures_of, offices_out
from shared.clock import BEIJING

router = APIRouter(tags=["indicators"])


@router.get("/estates/{estate_id}/figures")
async def show_estate_figures(
    found: EstateReadingDep, asked: TimeDep, deed: DeedDep
) -> EstateFiguresOut:
    """Open and overdue cases now, how long people wait, the newest score; the running quarter
    unless another time is asked for.
    """
    reading, estate = found
    return await estate_figures_of(deed, reading, asked, estate)


@router.get("/street-offices")
async def list_street_offices(places: OfficePlacesDep, deed: DeedDep) -> StreetOfficesOut:
    """A15: every street of a division, or of your place, with its property office."""
    day = deed.at.astimezone(BEIJING).date()
    return offices_out(deed, await streets_within(deed.session, places, day))
