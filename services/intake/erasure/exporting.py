"""Everything that is kept of a person, in the clear, with where it is kept (facts 2.13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, col, select

from services.intake.attachments.tables import Attachment
from services.intake.channels.tables import HotlineCorrection, HotlineReply
from services.intake.complaints.tables import Complaint, Confirmation, TimelineEntry, VisitRating
from services.intake.drafts.commands import Desk
from services.intake.drafts.tables import ComplaintDraft
from services.intake.erasure.columns import LOCKED, SHOWN
from services.intake.erasure.homes import bindings_of, registered
from services.intake.erasure.schemas import ELSEWHERE, ExportOut, Part
from services.intake.flags.tables import AccountFlag
from services.intake.houses.commands import Errand
from services.intake.houses.queries import NOT_YET_KNOWN, addresses_of
from services.intake.houses.tables import HomeInvitation
from services.intake.owners.contacts import Contacts
from services.intake.owners.sessions import own_sessions
from services.intake.owners.tables import Guardian, Owner, PrivacyConsent
from services.intake.screening.tables import Screening
from shared.clock import BEIJING

Row = TypeVar("Row", bound=SQLModel)
Item = dict[str, Any]


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
    account = {"openid": contacts.openid(owner), "mobile": contacts.mobile(owner)}
    sessions = await own_sessions(errand.session, errand.runtime, errand.actor, at=errand.at)
    consents = await _all(errand, PrivacyConsent, "owner_id", [owner.id])
    flags = await _all(errand, AccountFlag, "owner_id", [owner.id])
    return [
        _part("owner", "账号", [_item(errand, owner) | account]),
        _part("guardian", "监护人", await _guardian(errand, owner)),
        _rows(errand, "privacy_consent", "隐私同意记录", consents),
        _part("refresh_session", "登录会话", [each.model_dump() for each in sessions]),
        _rows(errand, "account_flag", "账号提示记录", flags),
    ]


async def _living(errand: Errand, owner: Owner) -> list[Part]:
    register = await registered(errand, errand.runtime.part(Contacts).mobile(owner))
    invitations = await _all(errand, HomeInvitation, "invited_by", [owner.id])
    return [
        _part("house_binding", "房屋绑定", await _homes(errand, owner)),
        _rows(errand, "home_invitation", "房屋邀请", invitations),
        _rows(errand, "house_register", "住户登记", register),
    ]


async def _matters(errand: Errand, owner: Owner) -> list[Part]:
    """Papers of the hotline are those about own complaints."""
    complaints = await _all(errand, Complaint, "owner_id", [owner.id])
    files = await _all(errand, Attachment, "uploaded_by", [owner.id])
    ids = [complaint.id for complaint in complaints]
    beside: Sequence[tuple[type[SQLModel], str, str]] = (
        (TimelineEntry, "complaint_timeline", "办理进展"),
        (Confirmation, "confirmation", "对结果的评价"),
        (VisitRating, "visit_rating", "回访评价"),
        (Screening, "screening", "内容审核记录"),
        (HotlineReply, "hotline_reply", "向热线的答复"),
        (HotlineCorrection, "hotline_correction", "热线更正记录"),
    )
    return [
        _rows(errand, "complaint", "诉求", complaints),
        *[
            _rows(errand, name, title, await _all(errand, table, "complaint_id", ids))
            for table, name, title in beside
        ],
        _rows(errand, "attachment", "附件", files),
        _part("complaint_draft", "诉求草稿", await _drafts(errand, owner)),
    ]


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
    return [_item(errand, row) | {"name": name, "mobile": mobile}]


async def _homes(errand: Errand, owner: Owner) -> list[Item]:
    bindings = await bindings_of(errand, owner.id)
    addresses = await addresses_of(errand.session, [each.house_id for each in bindings])
    return [
        _item(errand, each) | {"address": vars(addresses.get(each.house_id, NOT_YET_KNOWN))}
        for each in bindings
    ]


async def _drafts(errand: Errand, owner: Owner) -> list[Item]:
    desk = Desk(errand.session, errand.runtime, errand.actor, errand.at)
    drafts = await _all(errand, ComplaintDraft, "owner_id", [owner.id])
    return [
        _item(errand, each) | {"content": desk.opened(each).model_dump(mode="json")}
        for each in drafts
    ]


def _rows(errand: Errand, table: str, title: str, rows: Sequence[SQLModel]) -> Part:
    return _part(table, title, [_item(errand, row) for row in rows])


def _part(table: str, title: str, items: list[Item]) -> Part:
    return Part(source=f"intake.{table}", title=title, items=items)


def _item(errand: Errand, row: SQLModel) -> Item:
    """What may be shown of it, moments in Beijing time, ciphertext in the clear."""
    table = str(type(row).__tablename__)
    shown = {name: _told(getattr(row, name)) for name in SHOWN[table]}
    opened = {name: _opened(errand, table, row, name) for name in LOCKED.get(table, ())}
    return {name: value for name, value in (shown | opened).items() if value is not None}


def _told(value: Any) -> Any:
    return value.astimezone(BEIJING) if isinstance(value, datetime) else value


def _opened(errand: Errand, table: str, row: SQLModel, column: str) -> str | None:
    ciphertext = getattr(row, column)
    if not ciphertext:
        return None
    row_id = getattr(row, "complaint_id" if table == "confirmation" else "id")
    return errand.runtime.cipher.decrypt(ciphertext, table=table, row_id=row_id, column=column)
