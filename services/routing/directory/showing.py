"""Staff accounts and mediators as administrators see them, put together from several rows."""

from __future__ import annotations

from services.routing.directory.errand import Errand
from services.routing.directory.schemas.staff import MediatorOut, StaffDetail, StaffOut
from services.routing.directory.states.people import contact, grid_codes_of
from services.routing.directory.tables import Mediator, Staff
from shared.privacy import mask_phone


async def staff_detail(errand: Errand, staff: Staff) -> StaffDetail:
    mobile = contact(errand.runtime, staff, "mobile")
    known = StaffOut.of(staff, errand.actor).model_dump() | {"account": staff.account}
    return StaffDetail(
        **known,
        divisions=staff.divisions,
        estate_ids=staff.estate_ids,
        grid_codes=list(await grid_codes_of(errand.session, staff.id)),
        interests=staff.interests,
        masked_mobile=mask_phone(mobile) if mobile else None,
        has_openid=staff.openid is not None,
        second_factor=staff.totp_enabled,
    )


async def mediator_out(errand: Errand, row: Mediator) -> MediatorOut:
    staff = await errand.session.get_one(Staff, row.staff_id)
    return MediatorOut(
        staff_id=row.staff_id,
        display_name=staff.display_name,
        full_time=row.full_time,
        certified=row.certificate_number is not None,
    )
