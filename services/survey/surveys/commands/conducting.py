"""From draft to opening: the questionnaire and the households are fixed (E01, E03)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from services.survey.copies.domain.communities import community_of
from services.survey.copies.tables import EstateCopy
from services.survey.deed import Deed
from services.survey.surveys.commands.recording import record
from services.survey.surveys.domain.lifecycle import Invalidity, SurveyAction, advance
from services.survey.surveys.domain.periods import (
    refuse_ended,
    refuse_far_end,
    refuse_unknown_period,
)
from services.survey.surveys.domain.policies import Standing
from services.survey.surveys.domain.publication import ResultPosted
from services.survey.surveys.domain.scope import (
    CompanyChanged,
    EstateWithoutHouses,
    SurveyExists,
    company_on,
    refuse_outside_pilot,
)
from services.survey.surveys.queries import (
    estate_of,
    frozen_grids,
    has_survey,
    publications_of,
)
from services.survey.surveys.tables import Survey
from shared.clock import BEIJING
from shared.ids import new_id

FREEZE = text("""
    INSERT INTO survey_household (survey_id, house_id, grid_code, building, unit, room, tries)
    SELECT :survey_id, house.id, house.grid_code, house.building, house.unit, house.room, 0
      FROM house_copy AS house
      JOIN estate_copy AS estate ON estate.id = house.estate_id AND estate.version = house.version
     WHERE estate.id = :estate_id
""")


async def draft(
    deed: Deed, estate: EstateCopy, standing: Standing, period: str, ends_on: date
) -> Survey:
    """Raises OutsidePilot, PeriodUnknown, EndsTooLate, EndsInThePast or SurveyExists."""
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    refuse_outside_pilot(estate.division, book.survey)
    refuse_unknown_period(period, book.survey.cycle)
    refuse_far_end(ends_on, deed.at, book.survey.days_at_most)
    refuse_ended(ends_on, deed.at)
    if await has_survey(deed.session, estate.id, period):
        raise SurveyExists(period=period)
    survey = Survey(
        id=new_id(),
        version=0,
        estate_id=estate.id,
        estate_name=estate.display_name,
        division=estate.division,
        community=standing.community,
        grid_codes=sorted(standing.grids),
        company_id=standing.company_id,
        period=period,
        ends_on=ends_on,
        rulebook=book.version,
        drafted_at=deed.at,
    )
    deed.session.add(survey)
    record(deed, survey, "survey.drafted")
    await deed.session.flush()
    return survey


async def open_survey(deed: Deed, survey: Survey) -> None:
    """With the questionnaire and the households of this moment.

    Raises SurveyNotInState, OutsidePilot, EndsInThePast, EstateWithoutCompany, CompanyChanged or
    EstateWithoutHouses.
    """
    survey.state = advance(survey.state, SurveyAction.OPEN)
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    refuse_outside_pilot(survey.division, book.survey)
    refuse_ended(survey.ends_on, deed.at)
    estate = await estate_of(deed.session, survey.estate_id)
    if company_on(deed.at.astimezone(BEIJING).date(), estate.contracts) != survey.company_id:
        raise CompanyChanged
    survey.rulebook, survey.opened_at = book.version, deed.at
    await _freeze(deed, survey)
    survey.grid_codes = await frozen_grids(deed.session, survey.id)
    survey.community = community_of(survey.grid_codes)
    record(deed, survey, "survey.opened")


async def void(deed: Deed, survey: Survey, reason: str) -> None:
    """A person ends it before its result is posted anywhere; what was counted stays on record.

    Raises SurveyNotInState or ResultPosted.
    """
    survey.state = advance(survey.state, SurveyAction.VOID)
    if await publications_of(deed.session, survey.id):
        raise ResultPosted
    survey.invalid_because = Invalidity.VOIDED
    counted = {} if survey.score is None else {"score": str(survey.score)}
    survey.score = survey.averages = None
    record(deed, survey, "survey.voided", reason=reason, details=counted)


async def _freeze(deed: Deed, survey: Survey) -> None:
    frozen = await deed.session.execute(
        FREEZE, {"survey_id": survey.id, "estate_id": survey.estate_id}
    )
    survey.households = frozen.rowcount  # type: ignore[attr-defined]
    if not survey.households:
        raise EstateWithoutHouses
