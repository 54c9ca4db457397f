"""Indicators of a place and a period, and the cases behind each (facts 2.11, A18)."""

from __future__ import annotations

from fastapi import APIRouter

from services.survey.deed import DeedDep
from services.survey.indicators.domain.formulas import FORMULAS, Code, Of
from services.survey.indicators.domain.places import Level
from services.survey.indicators.domain.policies import PlaceNotYours
from services.survey.indicators.guards import CodeDep, Codes, ReadingByDep, ReadingDep, TimeDep
from services.survey.indicators.listing import page_of_members
from services.survey.indicators.schemas import IndicatorsOut, MemberOut
from services.survey.indicators.sources.asking import Ask
from services.survey.indicators.views import indicators_of, member_out
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/indicators", tags=["indicators"])


@router.get("")
async def show_indicators(
    reading: ReadingByDep,
    asked: TimeDep,
    deed: DeedDep,
    level: Level | None = None,
    codes: Codes = None,
) -> IndicatorsOut:
    """Of one place, or of all you see; with a level also of each place of it."""
    return await indicators_of(deed, reading, asked, level, codes or list(Code))


@router.get("/{indicator}/cases")
async def list_cases_of_indicator(
    code: CodeDep, reading: ReadingDep, asked: TimeDep, deed: DeedDep, page: Paging
) -> Page[MemberOut]:
    """Every case below the line, and whether it counts above; newest first. A company sees those
    that it handles.
    """
    if reading.company_id is not None and FORMULAS[code].of is Of.ANSWERS:
        raise PlaceNotYours
    ask = Ask(asked.span, reading.place, None, reading.reach)
    members, following = await page_of_members(
        deed.session, ask, code, page, handled_by=reading.company_id
    )
    return Page(items=[member_out(each) for each in members], next=following)
