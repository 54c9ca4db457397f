"""Figures for analysts: read only, of the own place, persons never (C10)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.survey.analysis import views
from services.survey.analysis.domain.hot_spots import Spot
from services.survey.analysis.guards import QuestionDep
from services.survey.analysis.schemas import (
    CategoriesOut,
    ClocksOut,
    DispatchObjectionsOut,
    HotSpotsOut,
    RepeatReportersOut,
    TrendOut,
)
from services.survey.deed import DeedDep

router = APIRouter(prefix="/analysis", tags=["analysis"])


@router.get("/categories")
async def categories(asked: QuestionDep, deed: DeedDep) -> CategoriesOut:
    """C10: what the disputes of a period are about."""
    return await views.categories_out(deed, asked)


@router.get("/trends")
async def trends(asked: QuestionDep, deed: DeedDep) -> TrendOut:
    """Disputes per period up to the one asked for, and how they moved."""
    return await views.trend_out(deed, asked)


@router.get("/hot-spots")
async def hot_spots(
    asked: QuestionDep, deed: DeedDep, of: Annotated[Spot, Query()] = Spot.ESTATE
) -> HotSpotsOut:
    """Where most disputes arise: estates, buildings or companies."""
    return await views.hot_spots_out(deed, asked, of)


@router.get("/repeat-reporters")
async def reporters(asked: QuestionDep, deed: DeedDep) -> RepeatReportersOut:
    """How many persons complain again and again; small counts are hidden."""
    return await views.repeat_reporters_out(deed, asked)


@router.get("/clocks")
async def clocks(asked: QuestionDep, deed: DeedDep) -> ClocksOut:
    """How the promises that fell due in a period were kept."""
    return await views.clocks_out(deed, asked)


@router.get("/dispatch-objections")
async def objections(asked: QuestionDep, deed: DeedDep) -> DispatchObjectionsOut:
    """T12, T13: which units returned cases, and how often they were right."""
    return await views.dispatch_objections_out(deed, asked)
