"""A rating as its readers see it: staff its progress, who rates the own marks, all its result."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from services.survey.deed import Deed
from services.survey.ratings.domain.lifecycle import COUNTED, RatingStatus
from services.survey.ratings.domain.policies import reads_as_staff
from services.survey.ratings.queries.ratings import (
    how_many_gave_marks,
    marks_of,
    seat_of,
    seats_of,
)
from services.survey.ratings.queries.representatives import how_many_in_office
from services.survey.ratings.schemas.ratings import (
    CommitteeRatingDetail,
    CommitteeRatingOut,
    OwnMarksOut,
    RatingDetail,
    RatingHead,
    RatingOut,
    RatingProgressOut,
    ResultOut,
    own_marks,
)
from services.survey.ratings.tables import Rating
from services.survey.ratings.views.seats import own_seat_out, seat_out
from shared.identity import End

PLAIN = set(RatingHead.model_fields) - {"form", "overdue", "result"}


def companies_of(rating: Rating) -> frozenset[UUID]:
    return frozenset({rating.company_id}) if rating.company_id is not None else frozenset()


def rating_out(deed: Deed, rating: Rating) -> RatingOut:
    assert rating.company_id is not None, "a quarterly rating is about a company"
    return RatingOut(**_head(deed, rating), company_id=rating.company_id)


async def rating_detail(deed: Deed, rating: Rating) -> RatingDetail:
    return RatingDetail(
        **dict(rating_out(deed, rating)),
        progress=await _progress(deed, rating),
        own=await _own(deed, rating),
    )


def committee_out(deed: Deed, rating: Rating) -> CommitteeRatingOut:
    return CommitteeRatingOut(**_head(deed, rating))


async def committee_detail(deed: Deed, rating: Rating) -> CommitteeRatingDetail:
    seats = await seats_of(deed.session, rating.id) if _is_staff(deed, rating) else []
    mine = await seat_of(deed.session, deed.actor, rating.id)
    return CommitteeRatingDetail(
        **dict(committee_out(deed, rating)),
        seats=[seat_out(each) for each in seats],
        seat=mine and own_seat_out(mine),
    )


def _head(deed: Deed, rating: Rating) -> dict[str, Any]:
    closes_at = rating.closes_at
    is_open = rating.state == RatingStatus.OPEN
    return {name: getattr(rating, name) for name in PLAIN} | {
        "form": rating.rulebook,
        "overdue": is_open and closes_at is not None and deed.at > closes_at,
        "result": _result(rating) if _sees_result(deed, rating) else None,
    }


def _sees_result(deed: Deed, rating: Rating) -> bool:
    if rating.state == RatingStatus.PUBLISHED:
        return True
    return rating.state in COUNTED and _is_staff(deed, rating)


def _is_staff(deed: Deed, rating: Rating) -> bool:
    return reads_as_staff(deed.actor, rating.community, companies_of(rating))


def _result(rating: Rating) -> ResultOut:
    assert rating.raters is not None, "it was counted"
    assert rating.score is not None
    averages = rating.averages
    return ResultOut(
        raters=rating.raters,
        score=rating.score,
        averages=averages and {code: Decimal(each) for code, each in averages.items()},
    )


async def _progress(deed: Deed, rating: Rating) -> RatingProgressOut | None:
    if rating.state == RatingStatus.DRAFT or not _is_staff(deed, rating):
        return None
    book = deed.runtime.rulebooks.named(rating.rulebook)
    kinds = book.ratings.raters
    return RatingProgressOut(
        representatives=await how_many_in_office(deed.session, rating.estate_id, kinds, deed.at),
        rated=await how_many_gave_marks(deed.session, rating.id),
        raters_at_least=book.survey.cell_at_least,
    )


async def _own(deed: Deed, rating: Rating) -> OwnMarksOut | None:
    if deed.actor.end is not End.OWNER:
        return None
    found = await marks_of(deed.session, rating.id, deed.actor.id)
    return own_marks(found.given_at, found.marks) if found is not None else None
