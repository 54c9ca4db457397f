"""From draft to opening: form, company and panel are fixed; or to nothing, with a reason."""

from __future__ import annotations

from datetime import datetime

from services.survey.deed import Deed
from services.survey.ratings.commands.recording import record
from services.survey.ratings.domain.forms import form_of, refuse_unfit
from services.survey.ratings.domain.kinds import Direction, RatingKind, refuse_reverse
from services.survey.ratings.domain.lifecycle import Invalidity, RatingAction, advance
from services.survey.ratings.domain.panels import marks_until, refuse_incomplete
from services.survey.ratings.domain.periods import (
    Period,
    period_of,
    refuse_not_begun,
    refuse_over,
)
from services.survey.ratings.queries.places import Place, place_of
from services.survey.ratings.queries.ratings import has_rating, seats_of
from services.survey.ratings.tables import Rating
from services.survey.ratings.views.seats import as_seat
from services.survey.surveys.domain.scope import CompanyChanged, EstateWithoutCompany
from shared.errors import Conflict
from shared.ids import new_id
from shared.rulebook import Rulebook
from shared.rulebook.sections.ratings import Ratings as Rules


class RatingExists(Conflict):
    """This estate has such a rating for this period."""

    code = "RATING_EXISTS"
    chinese = "该小区本期评议已存在。"


async def draft_quarterly(deed: Deed, place: Place, period: str, direction: Direction) -> Rating:
    """Of the company of today. Raises ReverseRatingOff, EstateWithoutCompany, RatingPeriodUnknown,
    RatingTimeOver or RatingExists.
    """
    rules = deed.runtime.rulebooks.in_force_at(deed.at).ratings
    refuse_reverse(direction, rules)
    if place.company_id is None:
        raise EstateWithoutCompany
    refuse_over(period_of(period, rules.quarterly_cycle).ends_at, deed.at)
    return await _draft(deed, place, RatingKind.QUARTERLY, period)


async def draft_committee(deed: Deed, place: Place, period: str) -> Rating:
    """The office of whoever assembles the panel leads it. Raises RatingPeriodUnknown or
    RatingExists.
    """
    rules = deed.runtime.rulebooks.in_force_at(deed.at).ratings
    period_of(period, rules.committee_cycle)
    rating = await _draft(deed, place, RatingKind.COMMITTEE, period)
    rating.led_by = deed.actor.organisation_id
    return rating


async def open_quarterly(deed: Deed, rating: Rating) -> None:
    """With the form of this moment. Raises RatingNotInState, PeriodNotBegun, RatingTimeOver,
    FormUnfit or CompanyChanged.
    """
    rating.state = advance(rating.state, RatingAction.OPEN)
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    period = period_of(rating.period, book.ratings.quarterly_cycle)
    refuse_over(period.ends_at, deed.at)
    place = await place_of(deed.session, rating.estate_id, deed.at)
    if place.company_id != rating.company_id:
        raise CompanyChanged
    _open(deed, rating, book, period, until=period.ends_at)


async def begin_panel(deed: Deed, rating: Rating) -> None:
    """E13: with a member of each part. Raises RatingNotInState, PanelIncomplete, PeriodNotBegun or
    FormUnfit.
    """
    rating.state = advance(rating.state, RatingAction.OPEN)
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    seats = await seats_of(deed.session, rating.id)
    refuse_incomplete(map(as_seat, seats), book.ratings)
    period = period_of(rating.period, book.ratings.committee_cycle)
    _open(deed, rating, book, period, until=marks_until(deed.at, book.ratings))


async def void(deed: Deed, rating: Rating, reason: str) -> None:
    """A person ends it before its result is public. Raises RatingNotInState."""
    rating.state = advance(rating.state, RatingAction.VOID)
    rating.invalid_because = Invalidity.VOIDED
    rating.score = rating.averages = None
    record(deed, rating, "rating.voided", reason=reason)


def rules_of(deed: Deed, rating: Rating) -> Rules:
    """Those the rating was opened with."""
    return deed.runtime.rulebooks.named(rating.rulebook).ratings


async def _draft(deed: Deed, place: Place, kind: RatingKind, period: str) -> Rating:
    if await has_rating(deed.session, kind, place.estate.id, period):
        raise RatingExists(period=period)
    rating = Rating(
        id=new_id(),
        kind=kind,
        estate_id=place.estate.id,
        estate_name=place.estate.display_name,
        division=place.estate.division,
        community=place.community,
        company_id=place.company_id,
        period=period,
        rulebook=deed.runtime.rulebooks.in_force_at(deed.at).version,
        drafted_at=deed.at,
    )
    deed.session.add(rating)
    record(deed, rating, "rating.drafted")
    await deed.session.flush()
    return rating


def _open(deed: Deed, rating: Rating, book: Rulebook, period: Period, until: datetime) -> None:
    refuse_not_begun(period, deed.at)
    kind = RatingKind(rating.kind)
    refuse_unfit(kind, form_of(kind, book.ratings))
    rating.rulebook, rating.opened_at, rating.closes_at = book.version, deed.at, until
    record(deed, rating, "rating.opened")
