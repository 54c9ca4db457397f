"""Aggregate figures for everybody: the last quarter that is over, by county and street."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from services.survey.bulletins.caching import UNCHANGED, PublicReader
from services.survey.bulletins.latest import LatestFigures, figures_for_all
from services.survey.bulletins.public_schemas import PublicFigures
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.parameters import no_other_parameters

router = APIRouter(
    prefix="/public/figures", tags=["public"], dependencies=[Depends(no_other_parameters)]
)

Place = Annotated[str, Field(pattern=r"^([0-9]{4}|[0-9]{6}|[0-9]{9})$")]


@router.get("", response_model=PublicFigures, responses=UNCHANGED)
async def latest_figures(
    reader: PublicReader,
    session: SessionDep,
    runtime: CurrentRuntime,
    now: Now,
    division: Annotated[Place | None, Query()] = None,
) -> Response:
    """The ten core indicators (D11) of a division, else of the city, and of what lies below it."""
    book = runtime.rulebooks.in_force_at(now)
    place = division or book.header.city_code
    latest = runtime.part(LatestFigures)
    return reader.json(await figures_for_all(session, latest, place, book, now))
