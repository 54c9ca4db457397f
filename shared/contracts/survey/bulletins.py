"""Bulletins and reports that the centre publishes (D10, E23)."""

from __future__ import annotations

from datetime import datetime

from shared.contracts.event import Event, PublicState


class BulletinState(PublicState):
    """`kind` is BULLETIN (quarterly, D10) or QUALITY_REPORT (half-yearly, E23). `id` stays the same
    for all editions of a period; `edition` above 1 corrects the former one. `division` is the place
    it reports on; `link` the public page of this edition, below the installation's address.
    """

    kind: str
    title: str
    period: str
    division: str
    edition: int
    published_at: datetime
    link: str


class BulletinPublished(Event):
    """N16: it is public and stays as it is. Nobody listens yet."""

    name = "survey.bulletin_published"
    audience = ("notify",)  # its words above are part of a published schema

    bulletin: BulletinState

    @property
    def about(self) -> PublicState:
        return self.bulletin
