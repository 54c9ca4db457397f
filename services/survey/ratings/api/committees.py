"""Half-yearly ratings of the owners' committee: led by the street, read before a re-election."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.survey.deed import Deed, DeedDep
from services.survey.ratings.commands.closing import close_panel
from services.survey.ratings.commands.conducting import begin_panel, draft_committee, void
from services.survey.ratings.commands.publishing import publish_rating
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.guards.committees import CommitteeToRead, PanelGround, RatingToLead
from services.survey.ratings.queries.ratings import page_of_ratings
from services.survey.ratings.schemas.ratings import (
    CommitteeRatingDetail,
    CommitteeRatingIn,
    CommitteeRatingOut,
)
from services.survey.ratings.tables import Rating
from services.survey.ratings.views.ratings import committee_detail, committee_out
from services.survey.surveys.schemas import VoidingIn
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/committee-ratings", tags=["ratings"])


@router.get("")
async def list_committee_ratings(
    deed: DeedDep, page: Paging, estate_id: Annotated[UUID | None, Query()] = None
) -> Page[CommitteeRatingOut]:
    """E14: the history of an estate, newest first; it informs a re-election, nothing follows."""
    kind = RatingKind.COMMITTEE
    found = await page_of_ratings(deed.session, deed.actor, kind, page, estate_id)
    shown, following = page.cut(found, lambda rating: (rating.id,))
    return Page(items=[committee_out(deed, each) for each in shown], next=following)


@router.post("", status_code=201, response_model=CommitteeRatingDetail)
async def draft_committee_rating(
    place: PanelGround, body: CommitteeRatingIn, deed: DeedDep, once: OnceDep
) -> Response:
    """E13: your office leads the panel; name its members next."""

    async def work() -> CommitteeRatingDetail:
        drafted = await draft_committee(deed, place, body.period)
        return await committee_detail(deed, drafted)

    return await once.run(work)


@router.get("/{rating_id}")
async def show_committee_rating(rating: CommitteeToRead, deed: DeedDep) -> CommitteeRatingDetail:
    """The panel and how far it is; the score once it is published."""
    return await committee_detail(deed, rating)


@router.post("/{rating_id}/opening", response_model=CommitteeRatingDetail)
async def begin_committee_rating(rating: RatingToLead, deed: DeedDep, once: OnceDep) -> Response:
    """E13: once somebody of each of the four parts has taken a seat."""
    return await _done(deed, once, rating, lambda: begin_panel(deed, rating))


@router.post("/{rating_id}/closing", response_model=CommitteeRatingDetail)
async def close_committee_rating(rating: RatingToLead, deed: DeedDep, once: OnceDep) -> Response:
    """Counted when all have given marks or their time is over; INVALID without one of the parts."""
    return await _done(deed, once, rating, lambda: close_panel(deed, rating))


@router.post("/{rating_id}/publication", response_model=CommitteeRatingDetail)
async def publish_committee_rating(rating: RatingToLead, deed: DeedDep, once: OnceDep) -> Response:
    """E14: residents see it from now on."""
    return await _done(deed, once, rating, lambda: publish_rating(deed, rating))


@router.post("/{rating_id}/voiding", response_model=CommitteeRatingDetail)
async def void_committee_rating(
    rating: RatingToLead, body: VoidingIn, deed: DeedDep, once: OnceDep
) -> Response:
    """Ends it without a result, before it is public; another panel may be assembled."""
    return await _done(deed, once, rating, lambda: void(deed, rating, body.reason))


async def _done(
    deed: Deed, once: Once, rating: Rating, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> CommitteeRatingDetail:
        await command()
        return await committee_detail(deed, rating)

    return await once.run(work, status=200)
