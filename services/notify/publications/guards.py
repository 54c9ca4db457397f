"""Loading a notice for whoever may write it, or read it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import select

from services.notify.deed import Deed, DeedDep
from services.notify.publications.domain.policies import may_publish_in, publishes
from services.notify.publications.queries import EVER_PUBLISHED, estates_by_id, visible_to
from services.notify.publications.refusals import (
    CentresOnly,
    EstatesElsewhere,
    NoticeNotFound,
    NotYourDivision,
)
from services.notify.publications.schemas import NoticeBody
from services.notify.publications.tables import PublicNotice
from shared.web.dependencies import SessionDep


async def publisher(deed: DeedDep) -> Deed:
    """Raises CentresOnly."""
    if not publishes(deed.actor):
        raise CentresOnly
    return deed


PublisherDep = Annotated[Deed, Depends(publisher)]


async def own_notice(notice_id: UUID, deed: PublisherDep) -> PublicNotice:
    """Of the own places, with its row locked. Raises NoticeNotFound."""
    wanted = visible_to(deed.actor).where(PublicNotice.id == notice_id).with_for_update()
    notice = (await deed.session.execute(wanted)).scalar_one_or_none()
    if notice is None:
        raise NoticeNotFound
    return notice


async def public_notice(notice_id: UUID, session: SessionDep) -> PublicNotice:
    """What was published once stays to be found. Raises NoticeNotFound."""
    wanted = select(PublicNotice).where(PublicNotice.id == notice_id)
    notice = (await session.execute(wanted)).scalar_one_or_none()
    if notice is None or notice.state not in EVER_PUBLISHED or notice.published_at is None:
        raise NoticeNotFound
    return notice


async def refuse_strange_place(deed: Deed, body: NoticeBody) -> None:
    """Raises NotYourDivision or EstatesElsewhere."""
    if not may_publish_in(deed.actor, body.division):
        raise NotYourDivision
    estates = await estates_by_id(deed.session, body.estate_ids)
    here = {each.id for each in estates if each.division.startswith(body.division)}
    if here != set(body.estate_ids):
        raise EstatesElsewhere


OwnNotice = Annotated[PublicNotice, Depends(own_notice)]
ReadableNotice = Annotated[PublicNotice, Depends(public_notice)]
