"""Reading notices: a publisher's own places, and what everybody may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, exists, false, func, literal, or_, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.copies.tables import EstateCopy
from services.notify.publications.domain.kinds import NoticeKind
from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.publications.domain.policies import publishes
from services.notify.publications.tables import OwnersRound, Posting, PublicNotice
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

EVER_PUBLISHED = (NoticeState.PUBLISHED, NoticeState.SUPERSEDED, NoticeState.WITHDRAWN)

Postings = Mapping[UUID, Sequence[Posting]]


def visible_to(actor: Actor) -> SelectOfScalar[PublicNotice]:
    """Those of the actor's own places, drafts too."""
    if not publishes(actor):
        return select(PublicNotice).where(false())
    own = [col(PublicNotice.division).startswith(each) for each in actor.scope.divisions]
    return select(PublicNotice).where(or_(false(), *own))


async def own_notices(
    session: AsyncSession,
    actor: Actor,
    paging: PageRequest,
    *,
    state: NoticeState | None,
    overdue_at: datetime | None,
) -> tuple[Sequence[PublicNotice], str | None]:
    """`overdue_at`: only those that were not on all channels on the same day, as of then."""
    wanted = visible_to(actor)
    if state is not None:
        wanted = wanted.where(PublicNotice.state == state)
    if overdue_at is not None:
        late = (col(PublicNotice.complete_at).is_(None), col(PublicNotice.due_at) <= overdue_at)
        wanted = wanted.where(PublicNotice.state == NoticeState.PUBLISHED, *late)
    if paging.after is not None:
        wanted = wanted.where(col(PublicNotice.id) < cursor_key(paging.after, UUID)[0])
    rows = await _rows(session, wanted.order_by(col(PublicNotice.id).desc()), paging)
    return paging.cut(rows, lambda notice: (notice.id,))


async def published(
    session: AsyncSession,
    paging: PageRequest,
    *,
    kind: NoticeKind | None,
    division: str | None,
    estate_id: UUID | None,
) -> tuple[Sequence[PublicNotice], str | None]:
    """The current edition of each, the newest first."""
    wanted = select(PublicNotice).where(PublicNotice.state == NoticeState.PUBLISHED)
    if kind is not None:
        wanted = wanted.where(PublicNotice.kind == kind)
    if division is not None:
        below = col(PublicNotice.division).startswith(division)
        wanted = wanted.where(or_(_covers(division), below))
    if estate_id is not None:
        wanted = wanted.where(await _concerns_estate(session, estate_id))
    place = tuple_(col(PublicNotice.published_at), col(PublicNotice.id))
    if paging.after is not None:
        wanted = wanted.where(place < tuple_(*cursor_key(paging.after, _moment, UUID)))
    newest = wanted.order_by(col(PublicNotice.published_at).desc(), col(PublicNotice.id).desc())
    rows = await _rows(session, newest, paging)
    return paging.cut(rows, lambda notice: (notice.published_at, notice.id))


async def postings_of(session: AsyncSession, notices: Iterable[PublicNotice]) -> Postings:
    """Of each notice, in the order in which they were posted."""
    ids = [notice.id for notice in notices]
    wanted = select(Posting).where(col(Posting.notice_id).in_(ids))
    found: dict[UUID, list[Posting]] = defaultdict(list)
    rows = await session.execute(wanted.order_by(col(Posting.posted_at), col(Posting.channel)))
    for posting in rows.scalars():
        found[posting.notice_id].append(posting)
    return found


async def told_of(session: AsyncSession, notices: Iterable[PublicNotice]) -> Mapping[UUID, int]:
    """How many owners were told of each."""
    ids = [notice.id for notice in notices]
    wanted = select(OwnersRound).where(col(OwnersRound.notice_id).in_(ids))
    rows = (await session.execute(wanted)).scalars()
    return {row.notice_id: row.told for row in rows}


async def current_edition(session: AsyncSession, series_id: UUID) -> PublicNotice | None:
    wanted = select(PublicNotice).where(
        PublicNotice.series_id == series_id, PublicNotice.state == NoticeState.PUBLISHED
    )
    return (await session.execute(wanted.with_for_update())).scalar_one_or_none()


async def last_edition(session: AsyncSession, series_id: UUID) -> int:
    wanted = select(func.max(PublicNotice.edition)).where(PublicNotice.series_id == series_id)
    return int((await session.execute(wanted)).scalar_one())


async def has_successor(session: AsyncSession, notice: PublicNotice) -> bool:
    """A draft that was withdrawn is none."""
    later = exists().where(
        col(PublicNotice.series_id) == notice.series_id,
        col(PublicNotice.edition) > notice.edition,
        col(PublicNotice.state) != NoticeState.WITHDRAWN,
    )
    return bool((await session.execute(select(later))).scalar_one())


async def estates_by_id(session: AsyncSession, ids: Iterable[UUID]) -> Sequence[EstateCopy]:
    wanted = select(EstateCopy).where(col(EstateCopy.id).in_(list(ids)))
    return (await session.execute(wanted)).scalars().all()


async def _concerns_estate(session: AsyncSession, estate_id: UUID) -> ColumnElement[bool]:
    """It names the estate, or is for all of a place that the estate lies in."""
    estates: Any = PublicNotice.estate_ids
    named = literal(estate_id) == any_(estates)
    estate = await session.get(EstateCopy, estate_id)
    if estate is None:
        return named
    everybody = func.cardinality(PublicNotice.estate_ids) == 0
    return or_(named, everybody & _covers(estate.division))


def _covers(division: str) -> ColumnElement[bool]:
    prefixes = [division[:length] for length in range(4, len(division) + 1)]
    return col(PublicNotice.division).in_(prefixes)


async def _rows(
    session: AsyncSession, wanted: SelectOfScalar[PublicNotice], paging: PageRequest
) -> Sequence[PublicNotice]:
    return (await session.execute(wanted.limit(paging.limit + 1))).scalars().all()


def _moment(text: str) -> datetime:
    """Raises ValueError for a time without its offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment
