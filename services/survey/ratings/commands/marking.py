"""Marks: of a representative for the company, of a panel's member for the committee."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from services.survey.deed import Deed
from services.survey.ratings.commands.conducting import rules_of
from services.survey.ratings.commands.recording import note
from services.survey.ratings.domain.forms import Marks, form_of, refuse_incomplete
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.domain.lifecycle import refuse_unless_open
from services.survey.ratings.domain.periods import refuse_over
from services.survey.ratings.tables import PanelSeat, Rating, RatingMarks
from shared.ids import new_id


async def give_marks(deed: Deed, rating: Rating, marks: Marks) -> None:
    """E09: the last word until the closing. Raises RatingNotOpen, RatingTimeOver or
    MarksIncomplete.
    """
    _refuse_untimely(deed, rating, marks)
    given = {"given_at": deed.at, "marks": dict(marks)}
    row = {"id": new_id(), "rating_id": rating.id, "owner_id": deed.actor.id} | given
    await deed.session.execute(
        insert(RatingMarks)
        .values(row)
        .on_conflict_do_update(index_elements=["rating_id", "owner_id"], set_=given)
    )
    note(deed, rating, "rating.marked", {})


async def give_panel_marks(deed: Deed, rating: Rating, seat: PanelSeat, marks: Marks) -> None:
    """E13. Raises RatingNotOpen, RatingTimeOver or MarksIncomplete."""
    _refuse_untimely(deed, rating, marks)
    seat.marks, seat.marked_at = dict(marks), deed.at
    note(deed, rating, "rating.marked", {"part": seat.part})


def _refuse_untimely(deed: Deed, rating: Rating, marks: Marks) -> None:
    refuse_unless_open(rating.state)
    refuse_over(rating.closes_at or deed.at, deed.at)
    form = form_of(RatingKind(rating.kind), rules_of(deed, rating))
    refuse_incomplete(marks, form)
