"""Roles with the days on which they are held, per account."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.directory.commands.roles import end_role, grant_role, withdraw_role
from services.routing.directory.guards import GrantToChange, StaffKeepersErrand, StaffToChange
from services.routing.directory.schemas.roles import GrantEnd, NewGrant
from services.routing.directory.schemas.staff import StaffDetail
from services.routing.directory.showing import staff_detail
from shared.web.once import OnceDep

router = APIRouter(prefix="/directory/staff/{staff_id}/roles", tags=["directory"])


@router.post("", status_code=201, response_model=StaffDetail)
async def grant(
    body: NewGrant, errand: StaffKeepersErrand, staff: StaffToChange, once: OnceDep
) -> Response:
    """Grant a role from a day on, or from a day to another."""

    async def work() -> StaffDetail:
        return await staff_detail(
            errand, await grant_role(errand, staff, body.granted(errand.today))
        )

    return await once.run(work)


@router.put("/{grant_id}/end")
async def end(
    body: GrantEnd, errand: StaffKeepersErrand, staff: StaffToChange, row: GrantToChange
) -> StaffDetail:
    """Set the last day of a role, no later than granted."""
    return await staff_detail(errand, await end_role(errand, staff, row, body.last_day))


@router.put("/{grant_id}/withdrawal")
async def withdraw(
    errand: StaffKeepersErrand, staff: StaffToChange, row: GrantToChange
) -> StaffDetail:
    """Take a role back at once; the person's sessions end."""
    return await staff_detail(errand, await withdraw_role(errand, staff, row))
