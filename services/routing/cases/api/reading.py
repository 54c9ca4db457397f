"""Cases as staff read them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.routing.cases.guards import CaseToRead
from services.routing.cases.history import timeline
from services.routing.cases.queries import CaseFilter, page_of_cases, units_of
from services.routing.cases.schemas import CaseOut, CaseSummary, TimelineOut
from services.routing.cases.views import entries_out, summary, whole_case
from services.routing.deed import OccasionDep
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/cases", tags=["cases"])


def case_filter(
    state: CaseStatus | None = None,
    grade: Grade | None = None,
    category: Annotated[str | None, Query(pattern=r"^[A-Z]{2}\d{2}$")] = None,
    estate: UUID | None = None,
    overdue: bool | None = None,
    mine: bool = False,
) -> CaseFilter:
    return CaseFilter(state, grade, category, estate, overdue, mine)


@router.get("")
async def cases(
    on: OccasionDep, page: Paging, filters: Annotated[CaseFilter, Depends(case_filter)]
) -> Page[CaseSummary]:
    """The cases you can see, newest first; `mine` are those that wait for you or your unit."""
    found = await page_of_cases(on.session, on.actor, filters, page)
    shown, following = page.cut(found, lambda case: (str(case.id),))
    units = await units_of(on.session, shown)
    items = [summary(on, case, units.get(case.id, ())) for case in shown]
    return Page(items=items, next=following)


@router.get("/{case_id}")
async def case(file: CaseToRead, on: OccasionDep) -> CaseOut:
    """The whole case; a confidential reporter is hidden from company and handler (X16)."""
    on.audit("case.read", "case", file.case.id, {})
    return await whole_case(on, file)


@router.get("/{case_id}/timeline")
async def case_timeline(file: CaseToRead, on: OccasionDep) -> TimelineOut:
    """Who did what, in order (A08)."""
    entries = await timeline(on.session, file.case.id)
    return TimelineOut(items=entries_out(on, file, entries))
