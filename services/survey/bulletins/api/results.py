"""Published results for everybody: how companies were judged, estate by estate."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from services.survey.bulletins.caching import UNCHANGED, PublicReader
from services.survey.bulletins.result_schemas import (
    PublicEvaluation,
    PublicGrade,
    PublicRating,
    PublicSatisfaction,
)
from services.survey.bulletins.result_views import (
    evaluation_views,
    grade_views,
    rating_views,
    satisfaction_views,
)
from services.survey.bulletins.results import Sought, evaluations, grades, ratings, surveys
from services.survey.bulletins.schemas import SoughtPeriod
from shared.web.dependencies import Now, SessionDep
from shared.web.paging import Page, Paging
from shared.web.parameters import no_other_parameters

router = APIRouter(prefix="/public", tags=["public"], dependencies=[Depends(no_other_parameters)])

Prefix = Annotated[str, Field(pattern=r"^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$")]


def whose(
    division: Annotated[Prefix | None, Query()] = None,
    estate_id: UUID | None = None,
    company_id: UUID | None = None,
    period: Annotated[SoughtPeriod | None, Query()] = None,
) -> Sought:
    return Sought(division, estate_id, company_id, period)


SoughtDep = Annotated[Sought, Depends(whose)]


@router.get("/surveys", response_model=Page[PublicSatisfaction], responses=UNCHANGED)
async def list_surveys(
    reader: PublicReader, session: SessionDep, page: Paging, sought: SoughtDep
) -> Response:
    """Results of the owners' satisfaction surveys, newest first (E05)."""
    shown, following = page.cut(await surveys(session, page, sought), lambda each: (each.id,))
    items = await satisfaction_views(session, shown)
    return reader.json(Page[PublicSatisfaction](items=items, next=following))


@router.get("/ratings", response_model=Page[PublicRating], responses=UNCHANGED)
async def list_ratings(
    reader: PublicReader, session: SessionDep, page: Paging, sought: SoughtDep
) -> Response:
    """Ratings by representatives and panels, newest first (E09, E13)."""
    shown, following = page.cut(await ratings(session, page, sought), lambda each: (each.id,))
    items = await rating_views(session, shown)
    return reader.json(Page[PublicRating](items=items, next=following))


@router.get("/evaluations", response_model=Page[PublicEvaluation], responses=UNCHANGED)
async def list_evaluations(
    reader: PublicReader, session: SessionDep, page: Paging, sought: SoughtDep
) -> Response:
    """The half-yearly evaluations, each in its newest edition, newest first (E16)."""
    found = await evaluations(session, page, sought)
    shown, following = page.cut(found, lambda row: (row.EvaluationResult.id,))
    items = await evaluation_views(session, shown)
    return reader.json(Page[PublicEvaluation](items=items, next=following))


@router.get("/credit-grades", response_model=Page[PublicGrade], responses=UNCHANGED)
async def list_grades(
    reader: PublicReader,
    session: SessionDep,
    page: Paging,
    now: Now,
    company_id: UUID | None = None,
) -> Response:
    """Credit grades in force, one per company (E16-E19)."""
    found = await grades(session, page, company_id, now)
    shown, following = page.cut(found, lambda each: (each.company_id,))
    items = await grade_views(session, shown)
    return reader.json(Page[PublicGrade](items=items, next=following))
