"""A score becomes public; that of a company is entered in its credit file (E09, E11, E14)."""

from __future__ import annotations

from services.survey.credit.commands.entering import NewEntry, enter
from services.survey.credit.domain.sources import EntrySource
from services.survey.deed import Deed
from services.survey.ratings.commands.recording import record
from services.survey.ratings.commands.serving import has_changed_company
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.domain.lifecycle import RatingAction, advance
from services.survey.ratings.tables import Rating
from services.survey.surveys.domain.scope import CompanyChangedSince
from shared.contracts.survey import RatingPublished, RatingState
from shared.messaging import publish


async def publish_rating(deed: Deed, rating: Rating) -> None:
    """Raises RatingNotInState or CompanyChangedSince."""
    rating.state = advance(rating.state, RatingAction.PUBLISH)
    if rating.kind == RatingKind.QUARTERLY and await has_changed_company(deed, rating):
        raise CompanyChangedSince
    rating.published_at = deed.at
    record(deed, rating, "rating.published")
    state = public_state(rating)
    publish(deed.session, RatingPublished(rating=state), actor=deed.actor, at=deed.at)
    if rating.kind == RatingKind.QUARTERLY:
        await enter(deed, _entry(rating))


def public_state(rating: Rating) -> RatingState:
    """Of a published rating; that of a committee is about no company."""
    told = {name: getattr(rating, name) for name in RatingState.model_fields}
    if rating.kind == RatingKind.COMMITTEE:
        told["company_id"] = None
    return RatingState(**told)


def _entry(rating: Rating) -> NewEntry:
    assert rating.company_id is not None, "a quarterly rating is about a company"
    assert rating.published_at is not None
    return NewEntry(
        company_id=rating.company_id,
        estate_id=rating.estate_id,
        division=rating.division,
        community=rating.community,
        source=EntrySource.QUARTERLY_RATING,
        source_id=rating.id,
        period=rating.period,
        score=rating.score,
        published_at=rating.published_at,
    )
