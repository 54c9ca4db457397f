"""Seats of a panel: for the rules, for those who lead, and for whoever sits."""

from __future__ import annotations

from services.survey.ratings.domain.kinds import Part
from services.survey.ratings.domain.panels import Seat
from services.survey.ratings.schemas.ratings import OwnSeatOut, SeatOut, own_marks
from services.survey.ratings.tables import PanelSeat


def as_seat(row: PanelSeat) -> Seat:
    return Seat(Part(row.part), row.taken_at is not None, row.marked_at is not None)


def seat_out(row: PanelSeat) -> SeatOut:
    person_id = row.staff_id or row.representative_id
    assert person_id is not None, "somebody is named for every seat"
    return SeatOut(id=row.id, person_id=person_id, **vars(as_seat(row)))


def own_seat_out(row: PanelSeat) -> OwnSeatOut:
    return OwnSeatOut(
        id=row.id,
        part=Part(row.part),
        taken_at=row.taken_at,
        own=own_marks(row.marked_at, row.marks),
    )
