"""Everything that is kept of a person, in the clear, with where it is kept (facts 2.13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, col, select

from services.intake.attachments.tables import Attachment
from services.intake.complaints.tables import Complaint, Confirmation, TimelineEntry
from services.intake.erasure.homes import bindings_of, name_in_register, registered
from services.intake.erasure.schemas import ELSEWHERE, ExportOut, Part
from services.intake.houses.commands import Errand
from services.intake.houses.queries import NOT_YET_KNOWN, addresses_of
from services.intake.houses.tables import HomeInvitation
from services.intake.owners.contacts import Contacts
from services.intake.owners.sessions import own_sessions
from services.intake.owners.tables import Guardian, Owner, PrivacyConsent
from shared.clock import BEIJING

Row = TypeVar("Row", bound=SQLModel)
Item = dict[str, Any]

OF_OURS = frozenset({"openid_index", "mobile_index", "code_index", "client_id", "submitted_by"})
LOCKED = ("location", "contact_name", "contact_mobile", "details")


async def export(errand: Errand, owner: Owner) -> ExportOut:
    return ExportOut(
        made_at=errand.at.astimezone(BEIJING),
        parts=[
            *await _person(errand, owner),
            *await _living(errand, owner),
            *await _matters(errand, owner),
        ],
        elsewhere=list(ELSEWHERE),
    )


async def _person(errand: Errand, owner: Owner) -> list[Part]:
    contacts = errand.runtime.part(Contacts)
    account = _plain(owner) | {"openid": contacts.openid(owner), "mobile": contacts.mobile(owner)}
    sessions = await own_sessions(errand.session, errand.runtime, errand.actor, at=errand.at)
    return [
        _part("owner", "账号", [account]),
        _part("guardian", "监护人", await _guardian(errand, owner)),
        _part("privacy_consent", "隐私同意记录", await _mine(errand, PrivacyConsent, owner)),
        _part("refresh_session", "登录会话", [each.model_dump() for each in sessions]),
    ]


async def _living(errand: Errand, owner: Owner) -> list[Part]:
    entries = await registered(errand, errand.runtime.part(Contacts).mobile(owner))
    register = [
        {"house_id": entry.house_id, "name": name_in_register(errand, entry)} for entry in entries
    ]
    invitations = await _all(errand, HomeInvitation, "invited_by", [owner.id])
    return [
        _part("house_binding", "房屋绑定", await _homes(errand, owner)),
        _part("home_invitation", "房屋邀请", _rows(invitations)),
        _part("house_register", "住户登记", register),
    ]


async def _matters(errand: Errand, owner: Owner) -> list[Part]:
    complaints = await _all(errand, Complaint, "owner_id", [owner.id])
    ids = [complaint.id for complaint in complaints]
    answers = await _all(errand, Confirmation, "complaint_id", ids)
    lines = await _all(errand, TimelineEntry, "complaint_id", ids)
    files = await _all(errand, Attachment, "uploaded_by", [owner.id])
    return [
        _part("complaint", "诉求", [_complaint(errand, each) for each in complaints]),
        _part("complaint_timeline", "办理进展", _rows(lines)),
        _part("confirmation", "对结果的评价", [_confirmation(errand, each) for each in answers]),
        _part("attachment", "附件", _rows(files)),
    ]


async def _mine(errand: Errand, table: type[SQLModel], owner: Owner) -> list[Item]:
    return _rows(await _all(errand, table, "owner_id", [owner.id]))


async def _all(
    errand: Errand, table: type[Row], column: str, values: Sequence[UUID]
) -> Sequence[Row]:
    rows = await errand.session.execute(
        select(table).where(col(getattr(table, column)).in_(values))
    )
    return rows.scalars().all()


async def _guardian(errand: Errand, owner: Owner) -> list[Item]:
    row = await errand.session.get(Guardian, owner.id)
    if row is None:
        return []
    name, mobile = errand.runtime.part(Contacts).guardian(row)
    return [_plain(row) | {"name": name, "mobile": mobile}]


async def _homes(errand: Errand, owner: Owner) -> list[Item]:
    bindings = await bindings_of(errand, owner.id)
    addresses = await addresses_of(errand.session, [each.house_id for each in bindings])
    items = []
    for each in bindings:
        opened = {
            column: errand.reveal(getattr(each, column), each.id, column)
            for column in ("applicant_name", "reason")
            if getattr(each, column) is not None
        }
        address = vars(addresses.get(each.house_id, NOT_YET_KNOWN))
        items.append(_plain(each) | {"address": address} | opened)
    return items


def _complaint(errand: Errand, row: Complaint) -> Item:
    cipher = errand.runtime.cipher
    opened = {
        column: cipher.decrypt(
            getattr(row, column), table="complaint", row_id=row.id, column=column
        )
        for column in LOCKED
        if getattr(row, column) is not None
    }
    return _plain(row) | opened


def _confirmation(errand: Errand, row: Confirmation) -> Item:
    if row.reason is None:
        return _plain(row)
    reason = errand.runtime.cipher.decrypt(
        row.reason, table="confirmation", row_id=row.complaint_id, column="reason"
    )
    return _plain(row) | {"reason": reason}


def _part(table: str, title: str, items: list[Item]) -> Part:
    return Part(source=f"intake.{table}", title=title, items=items)


def _rows(rows: Iterable[SQLModel]) -> list[Item]:
    return [_plain(row) for row in rows]


def _plain(row: SQLModel) -> Item:
    """Without what only the machinery needs; moments in Beijing time."""
    values = row.model_dump(exclude=set(OF_OURS))
    return {
        name: value.astimezone(BEIJING) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None
    }
