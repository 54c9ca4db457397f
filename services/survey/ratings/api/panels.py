"""The panel: its members are named by the street, take their seats and give their marks (E13)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.deed import DeedDep
from services.survey.ratings.commands.marking import give_panel_marks
from services.survey.ratings.commands.seating import name_member, remove_member, take_seat
from services.survey.ratings.domain.panels import refuse_declared_stake
from services.survey.ratings.guards.committees import (
    RatingToLead,
    SeatedDep,
    SeatToRemove,
    SittingDep,
)
from services.survey.ratings.schemas.ratings import (
    CommitteeRatingDetail,
    MarksIn,
    MemberIn,
    SeatIn,
    SeatOut,
)
from services.survey.ratings.views.ratings import committee_detail
from services.survey.ratings.views.seats import seat_out
from shared.web.once import OnceDep

router = APIRouter(prefix="/committee-ratings", tags=["ratings"])


@router.post("/{rating_id}/seats", status_code=201, response_model=SeatOut)
async def name_for_panel(
    rating: RatingToLead, body: MemberIn, deed: DeedDep, once: OnceDep
) -> Response:
    """Name a member of staff or a representative for a part, before the panel begins."""

    async def work() -> SeatOut:
        return seat_out(await name_member(deed, rating, body.part, body.person_id))

    return await once.run(work)


@router.delete("/{rating_id}/seats/{seat_id}", status_code=204)
async def take_from_panel(rating: RatingToLead, seat: SeatToRemove, deed: DeedDep) -> None:
    """Take a name back, before the panel begins."""
    await remove_member(deed, rating, seat)


@router.put("/{rating_id}/seat")
async def sit_down(sitting: SittingDep, body: SeatIn, deed: DeedDep) -> CommitteeRatingDetail:
    """A13: take the seat you were named for, and declare that you have no stake."""
    refuse_declared_stake(without_stake=body.without_stake)
    await take_seat(deed, sitting.rating, sitting.seat)
    return await committee_detail(deed, sitting.rating)


@router.put("/{rating_id}/marks")
async def mark_committee(sitting: SeatedDep, body: MarksIn, deed: DeedDep) -> CommitteeRatingDetail:
    """Your marks, which you may replace until the count; nobody else is shown them."""
    await give_panel_marks(deed, sitting.rating, sitting.seat, body.marks)
    return await committee_detail(deed, sitting.rating)
