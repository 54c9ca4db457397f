"""Notices as answers, with what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.deed import Deed
from services.notify.publications.commands.posting import duty_upon
from services.notify.publications.queries import postings_of, told_of
from services.notify.publications.schemas import NoticeOut, PostingOut, PublicNoticeOut
from services.notify.publications.tables import Posting, PublicNotice


async def shown(deed: Deed, notice: PublicNotice) -> NoticeOut:
    """To whoever writes notices."""
    await deed.session.flush()
    (view,) = await all_shown(deed, [notice])
    return view


async def all_shown(deed: Deed, notices: Sequence[PublicNotice]) -> list[NoticeOut]:
    postings, told = await postings_of(deed.session, notices), await told_of(deed.session, notices)
    return [
        _view(deed, each, list(postings.get(each.id, ()))).model_copy(
            update={"told": told.get(each.id, 0)}
        )
        for each in notices
    ]


async def public_views(
    session: AsyncSession, notices: Sequence[PublicNotice]
) -> list[PublicNoticeOut]:
    postings = await postings_of(session, notices)
    return [PublicNoticeOut.of(each, postings.get(each.id, ())) for each in notices]


def _view(deed: Deed, notice: PublicNotice, postings: list[Posting]) -> NoticeOut:
    view = NoticeOut.model_validate(notice)
    if not postings:
        return view
    duty = duty_upon(notice, postings, deed.runtime.rulebooks.in_force_at(deed.at))
    posted = [PostingOut.model_validate(each) for each in postings]
    more = {"postings": posted, "standing": duty.standing(deed.at), "missing": list(duty.missing)}
    return view.model_copy(update=more)
