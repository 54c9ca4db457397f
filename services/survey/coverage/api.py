"""Coverage of return visits, for those who answer for a place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from services.survey.calls.domain.policies import oversees_at_all
from services.survey.coverage.domain.spans import span_of
from services.survey.coverage.queries import Span
from services.survey.coverage.schemas import CoverageOut
from services.survey.coverage.views import coverage_of
from services.survey.deed import DeedDep
from shared.errors import Forbidden
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, Now

router = APIRouter(prefix="/coverage", tags=["coverage"])

Moment = Annotated[AwareDatetime | None, Query()]
Division = Annotated[str | None, Query(pattern=r"^[0-9]{2,12}$")]


class OverseersOnly(Forbidden):
    """These figures are for those who answer for a place, and for the city's observers."""

    code = "OVERSEERS_ONLY"
    chinese = "只有网格长、街道、综治中心和住房主管部门等管理人员可以查看回访统计。"


def overseer(actor: CurrentActor) -> Actor:
    if not oversees_at_all(actor):
        raise OverseersOnly
    return actor


def span(now: Now, since: Moment = None, until: Moment = None, division: Division = None) -> Span:
    """Raises SpanInvalid."""
    begin, end = span_of(since, until, now)
    return Span(begin, end, division)


@router.get("")
async def coverage(
    actor: Annotated[Actor, Depends(overseer)],
    wanted: Annotated[Span, Depends(span)],
    deed: DeedDep,
) -> CoverageOut:
    """Opened, answered and how, unanswered and why; by the visits' opening."""
    return await coverage_of(deed, actor, wanted)
