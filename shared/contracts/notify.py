"""The events notify promises."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.event import Event, PublicState


class PublishedNotice(PublicState):
    """A public notice (公示): `id` is that of its first edition, `version` counts editions.

    `edition_id` is what `link` leads to. Without `estate_ids` it is for all of `division`.
    """

    edition_id: UUID
    kind: str
    division: str
    estate_ids: tuple[UUID, ...]
    title: str
    link: str
    published_at: datetime


class NoticePublished(Event):
    """E05, D10, E23: a notice is public, for the first time or in a new edition.

    Nobody listens yet: survey will.
    """

    name = "notify.notice_published"
    audience = ()

    notice: PublishedNotice

    @property
    def about(self) -> PublicState:
        return self.notice
