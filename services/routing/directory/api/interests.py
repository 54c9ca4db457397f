"""Conflicts of interest on record: declared by oneself, found and lifted by who administers."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.directory import listing
from services.routing.directory.commands.interests import (
    declare_interest,
    lift_interest,
    record_interest,
)
from services.routing.directory.guards import (
    InterestToLift,
    OwnAccount,
    OwnAccountToChange,
    OwnErrand,
    StaffKeepersErrand,
    StaffToChange,
    StaffToView,
)
from services.routing.directory.schemas.interests import InterestOut, NewInterest
from shared.web.once import OnceDep

router = APIRouter(tags=["interests"])


@router.get("/me/interests")
async def own(errand: OwnErrand, staff: OwnAccount) -> list[InterestOut]:
    """What is on record about oneself, lifted or not."""
    return [InterestOut.of(row) for row in await listing.interests(errand.session, staff.id)]


@router.post("/me/interests", status_code=201, response_model=InterestOut)
async def declare(
    body: NewInterest, errand: OwnErrand, staff: OwnAccountToChange, once: OnceDep
) -> Response:
    """Declare a stake of one's own; sign in again to act with it."""

    async def work() -> InterestOut:
        period = body.period(errand.today)
        return InterestOut.of(await declare_interest(errand, staff, body.subject_id, period))

    return await once.run(work)


@router.get("/directory/staff/{staff_id}/interests")
async def of_staff(errand: StaffKeepersErrand, staff: StaffToView) -> list[InterestOut]:
    """What is on record about somebody, lifted or not."""
    return [InterestOut.of(row) for row in await listing.interests(errand.session, staff.id)]


@router.post("/directory/staff/{staff_id}/interests", status_code=201, response_model=InterestOut)
async def record(
    body: NewInterest, errand: StaffKeepersErrand, staff: StaffToChange, once: OnceDep
) -> Response:
    """Record a stake that was found; the person's sessions end."""

    async def work() -> InterestOut:
        period = body.period(errand.today)
        return InterestOut.of(await record_interest(errand, staff, body.subject_id, period))

    return await once.run(work)


@router.put("/directory/staff/{staff_id}/interests/{interest_id}/lifting")
async def lift(
    errand: StaffKeepersErrand, staff: StaffToChange, row: InterestToLift
) -> InterestOut:
    """Take a stake back that is none any more; never one's own."""
    return InterestOut.of(await lift_interest(errand, staff, row))
