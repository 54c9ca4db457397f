"""Accounts, invitations, mediators and contracts as people see them, each from several rows."""

from __future__ import annotations

from services.routing.directory.commands.invitations import invitation_status
from services.routing.directory.commands.standing import grants_of
from services.routing.directory.domain.policies import may_read_handover
from services.routing.directory.errand import Errand
from services.routing.directory.schemas.estates import ContractOut
from services.routing.directory.schemas.invitations import InvitationCode, InvitationOut
from services.routing.directory.schemas.roles import GrantOut
from services.routing.directory.schemas.staff import MediatorOut, StaffDetail, StaffOut
from services.routing.directory.states.people import contact, grid_codes_of
from services.routing.directory.tables import Estate, Invitation, Mediator, ServiceContract, Staff
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
        grants=[GrantOut.of(row) for row in await grants_of(errand, staff.id)],
    )


async def mediator_out(errand: Errand, row: Mediator) -> MediatorOut:
    staff = await errand.session.get_one(Staff, row.staff_id)
    return MediatorOut(
        staff_id=row.staff_id,
        display_name=staff.display_name,
        full_time=row.full_time,
        certified=row.certificate_number is not None,
    )


async def invitation_out(errand: Errand, row: Invitation) -> InvitationOut:
    staff = await errand.session.get_one(Staff, row.staff_id)
    known = row.model_dump(include={"id", "staff_id", "expires_at", "invited_by", "invited_at"})
    return InvitationOut(
        **known,
        account=staff.account,
        display_name=staff.display_name,
        organisation_id=staff.organisation_id,
        status=invitation_status(errand, row),
    )


async def invitation_code(errand: Errand, row: Invitation, code: str) -> InvitationCode:
    staff = await errand.session.get_one(Staff, row.staff_id)
    assert row.expires_at is not None, "a code that was issued expires"
    return InvitationCode(account=staff.account, code=code, expires_at=row.expires_at)


async def contract_out(errand: Errand, row: ServiceContract) -> ContractOut:
    shown = row.model_dump(exclude={"handover"})
    return ContractOut(**shown, handover=await _handover(errand, row))


async def _handover(errand: Errand, row: ServiceContract) -> str | None:
    if row.handover is None or row.replaces_id is None:
        return None
    estate = await errand.session.get_one(Estate, row.estate_id)
    before = await errand.session.get_one(ServiceContract, row.replaces_id)
    companies = (row.company_id, before.company_id)
    if not may_read_handover(errand.actor, companies, estate.division):
        return None
    return errand.reveal(row.handover, "service_contract", row.id, "handover")
