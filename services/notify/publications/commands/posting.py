"""Noting where a notice was posted (E05), and what that means for the duty."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.deed import Deed
from services.notify.publications.domain.duty import Duty, duty_of
from services.notify.publications.domain.kinds import NoticeKind, demanded
from services.notify.publications.domain.lifecycle import NoticeAction, advance
from services.notify.publications.queries import postings_of
from services.notify.publications.refusals import ChannelNoted, PostingTimeInvalid
from services.notify.publications.schemas import PostingBody
from services.notify.publications.tables import Posting, PublicNotice
from shared import audit
from shared.ids import new_id
from shared.rulebook import Rulebook


async def post(deed: Deed, notice: PublicNotice, body: PostingBody) -> PublicNotice:
    """Raises NoticeSettled, ChannelNoted or PostingTimeInvalid."""
    notice.state = advance(notice.state, NoticeAction.POST)
    if body.posted_at.tzinfo is None or not notice.drafted_at <= body.posted_at <= deed.at:
        raise PostingTimeInvalid
    await note(deed, notice, body.channel, body.posted_at, body.proof, body.file_id)
    audit.append(
        deed.session,
        actor=deed.actor,
        action="notice.posted",
        subject_type="notice",
        subject_id=notice.id,
        at=deed.at,
        details={"channel": body.channel},
    )
    return notice


async def note(
    deed: Deed,
    notice: PublicNotice,
    channel: str,
    posted_at: datetime,
    proof: str,
    file_id: UUID | None = None,
) -> None:
    """Raises ChannelNoted: what was noted stays."""
    known = (await postings_of(deed.session, [notice]))[notice.id]
    if any(each.channel == channel for each in known):
        raise ChannelNoted
    posting = Posting(
        id=new_id(),
        notice_id=notice.id,
        channel=channel,
        posted_at=posted_at,
        proof=proof,
        file_id=file_id,
        recorded_by=deed.actor.id,
        recorded_at=deed.at,
    )
    deed.session.add(posting)
    duty = duty_upon(notice, [*known, posting], deed.runtime.rulebooks.in_force_at(deed.at))
    notice.due_at = duty.until
    notice.complete_at = deed.at if duty.is_met else None


def duty_upon(notice: PublicNotice, postings: list[Posting], book: Rulebook) -> Duty:
    """Where a survey's result was posted stands with the survey, which says so by being public."""
    posted = {each.channel: each.posted_at for each in postings}
    if notice.source_id is not None and notice.kind == NoticeKind.SURVEY_RESULT:
        return duty_of(posted, (), at_least=1)
    at_least = book.notices.publication.channels_at_least
    return duty_of(posted, demanded(notice.kind, book), at_least)
