"""Drafts: written, changed, and as the next edition of what is published."""

from __future__ import annotations

from typing import Any

from services.notify.deed import Deed
from services.notify.publications.domain.lifecycle import NoticeAction, advance
from services.notify.publications.domain.words import refuse_personal_numbers
from services.notify.publications.guards import refuse_strange_place
from services.notify.publications.queries import has_successor, last_edition
from services.notify.publications.refusals import CorrectionOpen
from services.notify.publications.schemas import CorrectionBody, NoticeBody, Wording
from services.notify.publications.tables import PublicNotice
from shared import audit
from shared.ids import new_id


async def draft(deed: Deed, body: NoticeBody) -> PublicNotice:
    """Raises NotYourDivision, EstatesElsewhere or PersonalNumberInNotice."""
    await refuse_strange_place(deed, body)
    notice_id = new_id()
    notice = PublicNotice(
        id=notice_id,
        series_id=notice_id,
        edition=1,
        kind=body.kind,
        division=body.division,
        estate_ids=sorted(set(body.estate_ids)),
        organisation_id=deed.actor.organisation_id,
        drafted_by=deed.actor.id,
        drafted_at=deed.at,
        **_words(body),
    )
    return _kept(deed, notice, "notice.drafted")


async def change(deed: Deed, notice: PublicNotice, body: NoticeBody) -> PublicNotice:
    """Raises NoticeSettled once it is published, and what `draft` raises."""
    notice.state = advance(notice.state, NoticeAction.CHANGE)
    await refuse_strange_place(deed, body)
    for name, value in _words(body).items():
        setattr(notice, name, value)
    notice.kind, notice.division = body.kind, body.division
    notice.estate_ids = sorted(set(body.estate_ids))
    return _kept(deed, notice, "notice.changed")


async def correct(deed: Deed, notice: PublicNotice, body: CorrectionBody) -> PublicNotice:
    """The next edition, a draft. Raises NoticeSettled, CorrectionOpen, PersonalNumberInNotice."""
    advance(notice.state, NoticeAction.SUPERSEDE)
    refuse_personal_numbers(body.reason)
    if await has_successor(deed.session, notice):
        raise CorrectionOpen
    edition = PublicNotice(
        id=new_id(),
        series_id=notice.series_id,
        edition=await last_edition(deed.session, notice.series_id) + 1,
        kind=notice.kind,
        division=notice.division,
        estate_ids=notice.estate_ids,
        correction=body.reason,
        organisation_id=deed.actor.organisation_id,
        drafted_by=deed.actor.id,
        drafted_at=deed.at,
        **_words(body),
    )
    return _kept(deed, edition, "notice.correction_drafted")


async def withdraw(deed: Deed, notice: PublicNotice, reason: str) -> PublicNotice:
    """Raises NoticeSettled or PersonalNumberInNotice: everybody reads why."""
    notice.state = advance(notice.state, NoticeAction.WITHDRAW)
    refuse_personal_numbers(reason)
    notice.ended_at, notice.ended_because = deed.at, reason
    return _kept(deed, notice, "notice.withdrawn", reason)


def _words(body: Wording) -> dict[str, Any]:
    refuse_personal_numbers(body.title, body.text, *(link.title for link in body.links))
    links = [link.model_dump(mode="json") for link in body.links]
    return {"title": body.title, "text": body.text, "links": links}


def _kept(deed: Deed, notice: PublicNotice, action: str, reason: str | None = None) -> PublicNotice:
    deed.session.add(notice)
    audit.append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="notice",
        subject_id=notice.id,
        at=deed.at,
        details={"series": notice.series_id, "edition": notice.edition},
        reason=reason,
    )
    return notice
