"""Published evaluations, for staff by place and for the company at its estates."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col

from services.survey.deed import DeedDep
from services.survey.evaluations.guards import EvaluationToRead
from services.survey.evaluations.queries import newest, page_of, published_to
from services.survey.evaluations.run_schemas import EvaluationOut, ResultOut
from services.survey.evaluations.tables import EvaluationResult
from services.survey.evaluations.views import evaluation_out, evaluations_out
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/evaluations", tags=["evaluations"])

Period = Annotated[str | None, Query(pattern=r"^[0-9]{4}-H[12]$")]


@router.get("")
async def list_evaluations(deed: DeedDep, page: Paging, period: Period = None) -> Page[ResultOut]:
    """The newest edition of each company and estate; of one half-year, or of all."""
    mine = newest(published_to(deed.actor, period))
    found = await page_of(deed.session, mine, col(EvaluationResult.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=await evaluations_out(deed, shown), next=following)


@router.get("/{evaluation_id}")
async def show_evaluation(row: EvaluationToRead, deed: DeedDep) -> EvaluationOut:
    """With its editions; for staff also where each part comes from."""
    return await evaluation_out(deed, row)
