"""Quarterly ratings of the company by the representatives of its estate (E09, E10)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.survey.deed import Deed, DeedDep
from services.survey.ratings.commands.closing import close_quarterly
from services.survey.ratings.commands.conducting import draft_quarterly, open_quarterly, void
from services.survey.ratings.commands.marking import give_marks
from services.survey.ratings.commands.publishing import publish_rating
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.guards.quarterly import (
    GroundDep,
    RatingToConduct,
    RatingToMark,
    RatingToPublish,
    RatingToRead,
)
from services.survey.ratings.queries.ratings import page_of_ratings
from services.survey.ratings.schemas.ratings import MarksIn, RatingDetail, RatingIn, RatingOut
from services.survey.ratings.tables import Rating
from services.survey.ratings.views.ratings import rating_detail, rating_out
from services.survey.surveys.schemas import VoidingIn
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/ratings", tags=["ratings"])


@router.get("")
async def list_ratings(
    deed: DeedDep, page: Paging, estate_id: Annotated[UUID | None, Query()] = None
) -> Page[RatingOut]:
    """Of your place, of an estate that you represent, or once published; newest first."""
    kind = RatingKind.QUARTERLY
    found = await page_of_ratings(deed.session, deed.actor, kind, page, estate_id)
    shown, following = page.cut(found, lambda rating: (rating.id,))
    return Page(items=[rating_out(deed, each) for each in shown], next=following)


@router.post("", status_code=201, response_model=RatingDetail)
async def draft_rating(place: GroundDep, body: RatingIn, deed: DeedDep, once: OnceDep) -> Response:
    """E09: of an estate's company of today, for a quarter."""

    async def work() -> RatingDetail:
        drafted = await draft_quarterly(deed, place, body.period, body.direction)
        return await rating_detail(deed, drafted)

    return await once.run(work)


@router.get("/{rating_id}")
async def show_rating(rating: RatingToRead, deed: DeedDep) -> RatingDetail:
    """How far it is, your own marks where you rate, and the score once it is published."""
    return await rating_detail(deed, rating)


@router.post("/{rating_id}/opening", response_model=RatingDetail)
async def open_rating(rating: RatingToConduct, deed: DeedDep, once: OnceDep) -> Response:
    """E10: the form is that of this moment, whatever comes later."""
    return await _done(deed, once, rating, lambda: open_quarterly(deed, rating))


@router.put("/{rating_id}/marks")
async def mark_company(rating: RatingToMark, body: MarksIn, deed: DeedDep) -> RatingDetail:
    """E09: your marks, which you may replace until 24:00 of the quarter's last day."""
    await give_marks(deed, rating, body.marks)
    return await rating_detail(deed, rating)


@router.post("/{rating_id}/closing", response_model=RatingDetail)
async def close_rating(rating: RatingToConduct, deed: DeedDep, once: OnceDep) -> Response:
    """Counted after the quarter; INVALID where too few gave marks."""
    return await _done(deed, once, rating, lambda: close_quarterly(deed, rating))


@router.post("/{rating_id}/publication", response_model=RatingDetail)
async def publish_it(rating: RatingToPublish, deed: DeedDep, once: OnceDep) -> Response:
    """E11: the score is public and entered in the company's credit file."""
    return await _done(deed, once, rating, lambda: publish_rating(deed, rating))


@router.post("/{rating_id}/voiding", response_model=RatingDetail)
async def void_rating(
    rating: RatingToPublish, body: VoidingIn, deed: DeedDep, once: OnceDep
) -> Response:
    """Ends it without a result, before it is public; the quarter may be rated again."""
    return await _done(deed, once, rating, lambda: void(deed, rating, body.reason))


async def _done(
    deed: Deed, once: Once, rating: Rating, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> RatingDetail:
        await command()
        return await rating_detail(deed, rating)

    return await once.run(work, status=200)
