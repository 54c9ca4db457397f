"""A rectification that was not proven by its date is a mark in the file (CK-16, E28)."""

from __future__ import annotations

from services.survey.credit.commands.entering import NewEntry, enter
from services.survey.credit.domain.periods import half_year_of_deadline
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.queries import place_of_estate
from services.survey.deed import Deed
from shared.contracts.routing import RectificationState


async def enter_overdue(deed: Deed, rectification: RectificationState) -> None:
    """Dated by the deadline, however late it was noticed; told again, it is there already."""
    estate_id, division = rectification.estate_id, rectification.division
    new = NewEntry(
        company_id=rectification.company_id,
        estate_id=estate_id,
        division=division,
        community=await place_of_estate(deed.session, estate_id, division),
        source=EntrySource.RECTIFICATION_OVERDUE,
        source_id=rectification.id,
        period=half_year_of_deadline(rectification.due_at),
        score=None,
        published_at=rectification.due_at,
    )
    await enter(deed, new)
