"""Whether a quarterly rating is still about the company that it was opened for (X40)."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.ratings.domain.periods import period_of
from services.survey.ratings.tables import Rating
from services.survey.surveys.domain.scope import serves_throughout
from services.survey.surveys.queries import estate_of
from shared.clock import BEIJING


async def has_changed_company(deed: Deed, rating: Rating) -> bool:
    """By the contracts as they are known now; what comes after the quarter changes nothing."""
    assert rating.company_id is not None, "a quarterly rating is about a company"
    rules = deed.runtime.rulebooks.named(rating.rulebook).ratings
    last_day = period_of(rating.period, rules.quarterly_cycle).last_day
    estate = await estate_of(deed.session, rating.estate_id)
    since = (rating.opened_at or deed.at).astimezone(BEIJING).date()
    return not serves_throughout(rating.company_id, since, last_day, estate.contracts)
