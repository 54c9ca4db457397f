"""Publishing: from here on it is never changed. Owners are told afterwards, in batches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from services.notify.deed import Deed
from services.notify.publications.commands.drafting import draft
from services.notify.publications.commands.posting import note
from services.notify.publications.domain.kinds import Channel
from services.notify.publications.domain.lifecycle import NoticeAction, advance
from services.notify.publications.queries import current_edition
from services.notify.publications.refusals import CorrectionOpen
from services.notify.publications.schemas import NoticeBody
from services.notify.publications.tables import OwnersRound, PublicNotice
from services.notify.settings import NotifySettings
from shared import audit
from shared.contracts.notify import NoticePublished, PublishedNotice
from shared.database import after_commit, database_of
from shared.messaging import publish

BELL = "notice"


@dataclass(frozen=True)
class Source:
    """The survey or bulletin that a notice tells of, in which version."""

    id: UUID
    version: int


async def publish_notice(
    deed: Deed, body: NoticeBody, source: Source | None = None
) -> PublicNotice:
    """Draft and publish at once: for other parts of the service, e.g. upon an event.

    Raises what `draft` raises.
    """
    notice = await draft(deed, body)
    if source is not None:
        notice.source_id, notice.source_version = source.id, source.version
    await deed.session.flush()
    return await make_public(deed, notice)


async def make_public(deed: Deed, notice: PublicNotice) -> PublicNotice:
    """Raises NoticeSettled, and CorrectionOpen where its former edition was withdrawn."""
    await _supersede(deed, notice)
    notice.state = advance(notice.state, NoticeAction.PUBLISH)
    notice.published_by, notice.published_at = deed.actor.id, deed.at
    link = link_of(deed, notice)
    await note(deed, notice, Channel.MINI_PROGRAM, deed.at, link)
    event = NoticePublished(notice=state_of(notice, link))
    event_id = publish(deed.session, event, actor=deed.actor, at=deed.at)
    if notice.estate_ids:
        deed.session.add(OwnersRound(notice_id=notice.id, event_id=event_id))
        after_commit(deed.session, partial(database_of(deed.session).ring, BELL))
    audit.append(
        deed.session,
        actor=deed.actor,
        action="notice.published",
        subject_type="notice",
        subject_id=notice.id,
        at=deed.at,
        details={"series": notice.series_id, "edition": notice.edition},
    )
    return notice


def link_of(deed: Deed, notice: PublicNotice) -> str:
    origin = deed.runtime.part(NotifySettings).public_url
    return f"{origin}/notify/public/notices/{notice.id}/page"


async def _supersede(deed: Deed, notice: PublicNotice) -> None:
    if notice.edition == 1:
        return
    former = await current_edition(deed.session, notice.series_id)
    if former is None:
        raise CorrectionOpen
    former.state = advance(former.state, NoticeAction.SUPERSEDE)
    former.ended_at, former.ended_because = deed.at, notice.correction


def state_of(notice: PublicNotice, link: str) -> PublishedNotice:
    assert notice.published_at is not None
    return PublishedNotice(
        id=notice.series_id,
        version=notice.edition,
        edition_id=notice.id,
        kind=notice.kind,
        division=notice.division,
        estate_ids=tuple(notice.estate_ids),
        title=notice.title,
        link=link,
        published_at=notice.published_at,
    )
