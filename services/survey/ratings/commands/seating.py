"""The panel is assembled: the street names people, and each takes the seat in person (E13, A13)."""

from __future__ import annotations

from uuid import UUID

from services.survey.deed import Deed
from services.survey.ratings.commands.conducting import rules_of
from services.survey.ratings.commands.recording import note
from services.survey.ratings.domain.kinds import Part
from services.survey.ratings.domain.lifecycle import refuse_unless_draft
from services.survey.ratings.domain.panels import MemberNamed, MemberUnfit
from services.survey.ratings.queries.ratings import seats_of
from services.survey.ratings.queries.representatives import representative_serving
from services.survey.ratings.tables import PanelSeat, Rating
from shared.ids import new_id


async def name_member(deed: Deed, rating: Rating, part: Part, person_id: UUID) -> PanelSeat:
    """A member of staff by the account's id, a representative by the appointment's.

    Raises RatingNotInState, MemberUnfit or MemberNamed.
    """
    refuse_unless_draft(rating.state)
    if part not in rules_of(deed, rating).committee_panel:
        raise MemberUnfit
    seats = await seats_of(deed.session, rating.id)
    if any(person_id in (each.staff_id, each.representative_id) for each in seats):
        raise MemberNamed
    seat = PanelSeat(id=new_id(), rating_id=rating.id, part=part, named_at=deed.at)
    if part.represented is None:
        seat.staff_id = person_id
    else:
        await _refuse_unfit(deed, rating, part, person_id)
        seat.representative_id = person_id
    deed.session.add(seat)
    note(deed, rating, "rating.member_named", {"part": part, "seat": str(seat.id)})
    await deed.session.flush()
    return seat


async def take_seat(deed: Deed, rating: Rating, seat: PanelSeat) -> None:
    """Twice is as once. Raises RatingNotInState."""
    refuse_unless_draft(rating.state)
    if seat.taken_at is None:
        seat.taken_at = deed.at
        note(deed, rating, "rating.seat_taken", {"part": seat.part, "seat": str(seat.id)})


async def remove_member(deed: Deed, rating: Rating, seat: PanelSeat) -> None:
    """Before the panel begins; afterwards it stays as it is. Raises RatingNotInState."""
    refuse_unless_draft(rating.state)
    note(deed, rating, "rating.member_removed", {"part": seat.part, "seat": str(seat.id)})
    await deed.session.delete(seat)
    await deed.session.flush()


async def _refuse_unfit(deed: Deed, rating: Rating, part: Part, representative_id: UUID) -> None:
    row = await representative_serving(deed.session, representative_id, deed.at)
    if row is None or row.estate_id != rating.estate_id or row.kind != part.represented:
        raise MemberUnfit
