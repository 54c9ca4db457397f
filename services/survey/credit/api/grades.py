"""Grades of companies: proposed by the system, decided by the housing bureau (E16-E19)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.survey.credit.commands.grading import decide_grade
from services.survey.credit.domain.grades import GradeState
from services.survey.credit.grade_queries import page_of_grades
from services.survey.credit.guards import GradeToDecide, GradeToRead
from services.survey.credit.schemas import GradeDecisionIn, GradeOut
from services.survey.credit.views import grade_out
from services.survey.deed import DeedDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/credit-grades", tags=["credit"])


@router.get("")
async def list_grades(
    deed: DeedDep,
    page: Paging,
    company_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[GradeState | None, Query()] = None,
) -> Page[GradeOut]:
    """Newest first; of one company its history, of one state who waits for a decision."""
    found = await page_of_grades(deed.session, deed.actor, page, company_id, state)
    shown, following = page.cut(found, lambda each: (each.id,))
    return Page(items=[grade_out(deed, each) for each in shown], next=following)


@router.get("/{grade_id}")
async def one_grade(grade: GradeToRead, deed: DeedDep) -> GradeOut:
    """A year's grade with the estates it was computed from, and when it was confirmed."""
    return grade_out(deed, grade)


@router.post("/{grade_id}/decision", response_model=GradeOut)
async def decide_it(
    grade: GradeToDecide, body: GradeDecisionIn, deed: DeedDep, once: OnceDep
) -> Response:
    """E19: one person decides A to C, D takes two; or none of it, with a reason."""

    async def work() -> GradeOut:
        await decide_grade(deed, grade, body.decision, body.reason)
        return grade_out(deed, grade)

    return await once.run(work, status=200)
