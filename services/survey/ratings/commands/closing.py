"""The count: does the rating hold, and what is the score (E10, E13)."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.ratings.commands.recording import record
from services.survey.ratings.commands.serving import has_changed_company
from services.survey.ratings.domain.counting import Count, count, count_panel
from services.survey.ratings.domain.forms import form_of
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.domain.lifecycle import advance
from services.survey.ratings.domain.panels import refuse_early_count
from services.survey.ratings.domain.periods import refuse_early_close
from services.survey.ratings.queries.ratings import marks_given, seats_of
from services.survey.ratings.tables import PanelSeat, Rating
from services.survey.ratings.views.seats import as_seat


async def close_quarterly(deed: Deed, rating: Rating) -> None:
    """Nobody gives marks meanwhile: the rating is locked. Raises RatingNotInState or
    RatingStillRunning.
    """
    book = deed.runtime.rulebooks.named(rating.rulebook)
    given = await marks_given(deed.session, rating.id)
    form = form_of(RatingKind.QUARTERLY, book.ratings)
    changed = await has_changed_company(deed, rating)
    counted = count(given, form, book.survey.cell_at_least, book.scores, company_changed=changed)
    rating.state = advance(rating.state, counted.action)
    refuse_early_close(rating.closes_at or deed.at, deed.at)
    _fix(deed, rating, counted)


async def close_panel(deed: Deed, rating: Rating) -> None:
    """Raises RatingNotInState or PanelStillMarking."""
    seats = await seats_of(deed.session, rating.id)
    counted = _count_panel(deed, rating, [each for each in seats if each.taken_at])
    rating.state = advance(rating.state, counted.action)
    refuse_early_count(list(map(as_seat, seats)), rating.closes_at or deed.at, deed.at)
    _fix(deed, rating, counted)


def _count_panel(deed: Deed, rating: Rating, seats: list[PanelSeat]) -> Count:
    book = deed.runtime.rulebooks.named(rating.rulebook)
    weights = book.ratings.committee_weights
    given = {
        part: [each.marks for each in seats if each.part == part and each.marks is not None]
        for part in weights
    }
    form = form_of(RatingKind.COMMITTEE, book.ratings)
    return count_panel(given, weights, form, book.survey.cell_at_least, book.scores)


def _fix(deed: Deed, rating: Rating, counted: Count) -> None:
    rating.raters, rating.score = counted.raters, counted.score
    rating.invalid_because = counted.invalid_because
    if counted.averages is not None:
        rating.averages = {code: str(each) for code, each in counted.averages.items()}
    rating.closed_at = deed.at
    record(deed, rating, "rating.closed")
