"""Feeds: a calendar program sends no header, so the address itself is the key.

The token is shown once and kept as a hash. It stands in no log of ours: lines name the route, not
the address (`shared/web/edge.py`), and the proxy writes no access log.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.calendar.tables import Feed
from services.notify.copies.tables import OwnerCopy, StaffCopy
from services.notify.deed import Deed
from services.notify.settings import NotifySettings
from shared import audit
from shared.errors import NotFound

PREFIX = "ldc_"  # a name by which logs know it as a secret (shared/privacy/redaction.py)


class FeedNotFound(NotFound):
    """There is no such feed; its address was replaced or revoked."""

    code = "CALENDAR_FEED_NOT_FOUND"
    chinese = "没有这个日历订阅，地址可能已更换或作废。"


async def open_feed(deed: Deed) -> str:
    """A new secret address; one that was given out before is no longer good."""
    token = PREFIX + secrets.token_urlsafe(32)
    row: dict[str, Any] = {"token_hash": _hash(token), "created_at": deed.at}
    row |= {"organisation_id": deed.actor.organisation_id}
    await deed.session.execute(
        insert(Feed)
        .values(row | {"person_id": deed.actor.id})
        .on_conflict_do_update(index_elements=["person_id"], set_=row)
    )
    _audit(deed, "calendar_feed.opened")
    origin = deed.runtime.part(NotifySettings).public_url
    return f"{origin}/notify/calendar/feed.ics?token={token}"


async def close_feed(deed: Deed) -> None:
    """Raises FeedNotFound."""
    feed = await own_feed(deed.session, deed.actor.id)
    await deed.session.delete(feed)
    _audit(deed, "calendar_feed.closed")


async def own_feed(session: AsyncSession, person_id: UUID) -> Feed:
    """Raises FeedNotFound."""
    feed = await session.get(Feed, person_id)
    if feed is None:
        raise FeedNotFound
    return feed


async def forget_feed(session: AsyncSession, person_id: UUID) -> None:
    await session.execute(delete(Feed).where(col(Feed.person_id) == person_id))


async def inboxes_behind(session: AsyncSession, token: str) -> Sequence[UUID]:
    """Whose appointments the token leads to. Raises FeedNotFound.

    Who left the service has none; who changed to another organisation sees that one's.
    """
    wanted = select(Feed).where(Feed.token_hash == _hash(token))
    feed = (await session.execute(wanted)).scalar_one_or_none()
    if feed is None:
        raise FeedNotFound
    staff = await session.get(StaffCopy, feed.person_id)
    owner = await session.get(OwnerCopy, feed.person_id)
    if any(person is not None and not person.active for person in (staff, owner)):
        raise FeedNotFound
    organisation = staff.organisation_id if staff else feed.organisation_id
    return [each for each in (feed.person_id, organisation) if each is not None]


def _hash(token: str) -> str:
    """Of 256 random bits: nothing to be guessed, so nothing to be slowed down."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _audit(deed: Deed, action: str) -> None:
    audit.append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="person",
        subject_id=deed.actor.id,
        at=deed.at,
    )
