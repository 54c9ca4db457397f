"""Whether a survey is still about the company that it was opened for (X40)."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.surveys.domain.scope import serves_throughout
from services.survey.surveys.queries import estate_of
from services.survey.surveys.tables import Survey
from shared.clock import BEIJING


async def has_changed_company(deed: Deed, survey: Survey) -> bool:
    """By the contracts as they are known now; what comes after the last day changes nothing."""
    estate = await estate_of(deed.session, survey.estate_id)
    since = (survey.opened_at or deed.at).astimezone(BEIJING).date()
    return not serves_throughout(survey.company_id, since, survey.ends_on, estate.contracts)
