"""Keeping the copies: the newest version wins, in whatever order events arrive (X37)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.notify.copies.contacts import ContactLock
from services.notify.copies.finding import indexed
from services.notify.copies.tables import (
    CaseCopy,
    ComplaintCopy,
    EstateCopy,
    OrganisationCopy,
    OwnerCopy,
    StaffCopy,
)
from shared.contracts.directory import (
    EstateChanged,
    OrganisationChanged,
    StaffChanged,
    StaffState,
)
from shared.contracts.event import PublicState
from shared.contracts.intake import ComplaintEvent, OwnerChanged, OwnerState
from shared.contracts.routing import CaseEvent
from shared.messaging import Reception, keep_newest

OWNER = {"id", "version", "active", "estate_ids"}
ESTATE = {"id", "version", "display_name", "division"}
STAFF = {"id", "version", "organisation_id", "active"} | {
    *("roles", "divisions", "estate_ids", "grid_codes")
}
ORGANISATION = {"id", "version", "kind", "specialty", "division", "display_name", "active"}
COMPLAINT = {"id", "version", "owner_id", "anonymous"}
CASE = {"id", "version", "complaint_ids"} | {
    "division",
    "grid_code",
    "company_id",
    "confidential",
    "grade",
}


async def remember_owners(receptions: Sequence[Reception[OwnerChanged]]) -> None:
    rows = [
        _row(each.event.owner, OWNER) | _contacts(each, each.event.owner, "owner_copy")
        for each in receptions
    ]
    await keep_newest(receptions[0].session, OwnerCopy, rows)


async def remember_staff(receptions: Sequence[Reception[StaffChanged]]) -> None:
    rows = [
        _row(each.event.staff, STAFF)
        | _contacts(each, each.event.staff, "staff_copy")
        | {"openid_index": _index(each)}
        for each in receptions
    ]
    await keep_newest(receptions[0].session, StaffCopy, rows)


async def remember_organisations(receptions: Sequence[Reception[OrganisationChanged]]) -> None:
    rows = [_row(each.event.organisation, ORGANISATION) for each in receptions]
    await keep_newest(receptions[0].session, OrganisationCopy, rows)


async def remember_estates(receptions: Sequence[Reception[EstateChanged]]) -> None:
    rows = [_row(each.event.estate, ESTATE) for each in receptions]
    await keep_newest(receptions[0].session, EstateCopy, rows)


async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    rows = [_row(each.event.complaint, COMPLAINT) for each in receptions]
    await keep_newest(receptions[0].session, ComplaintCopy, rows)


async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    rows = [_row(each.event.case, CASE) for each in receptions]
    await keep_newest(receptions[0].session, CaseCopy, rows)


def _row(state: PublicState, columns: set[str]) -> dict[str, Any]:
    return state.model_dump(mode="json", include=columns)


def _contacts(
    reception: Reception[Any], person: OwnerState | StaffState, table: str
) -> dict[str, str | None]:
    lock = ContactLock(reception.runtime.cipher, table)
    sealed = {"openid": person.openid, "mobile": person.mobile}
    return lock.relock(reception.runtime.sealer, person.id, sealed)


def _index(reception: Reception[StaffChanged]) -> str | None:
    staff = reception.event.staff
    if staff.openid is None:
        return None
    openid = reception.runtime.sealer.open_(staff.openid, subject=f"{staff.id}/openid")
    return indexed(reception.runtime.blind_index, openid)
