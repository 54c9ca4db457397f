"""What everybody is shown of bulletins and figures: nothing personal, nothing few."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from services.survey.bulletins.domain.content import BulletinContent, Figure, Kind
from services.survey.times import Moment


class RenderingOut(BaseModel):
    """`type` is the media type, `link` lies below the installation's address."""

    type: str
    link: str


class PublicEdition(BaseModel):
    """`sha256` is that of the bytes at `content`, which never change. `superseded_by` is the number
    of the newest edition, where this one is not.
    """

    bulletin_id: UUID
    kind: Kind
    title: str
    issue: str
    period: str
    division: str
    division_name: str
    publisher: str
    edition: int
    published_at: Moment
    corrects: int | None
    superseded_by: int | None
    sha256: str
    link: str
    renderings: list[RenderingOut]


class PublicEditionDetail(PublicEdition):
    content: BulletinContent


class PublicEditions(BaseModel):
    """Of one bulletin, oldest first."""

    items: list[PublicEdition]


class PublicFigures(BaseModel):
    """The core figures of the last quarter that is over. `provisional` until the city's bulletin of
    it is published, and without those of answers; from then on they are those of `bulletin`, at
    that address.
    """

    period: str
    division: str
    provisional: bool
    bulletin: str | None
    cell_at_least: int
    items: list[Figure]
