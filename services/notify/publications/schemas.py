"""What the API of public notices takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.notify.moments import Moment
from services.notify.publications.domain.duty import Standing
from services.notify.publications.domain.kinds import Channel, NoticeKind
from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.publications.tables import Posting, PublicNotice
from shared.web.body import Body

Title = Annotated[str, Field(min_length=1, max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=20_000)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=500)]
Division = Annotated[str, Field(pattern=r"^[0-9]{4,12}$")]


class LinkBody(Body):
    """An attachment that lies elsewhere, for everybody to open."""

    title: Title
    url: Address


class Wording(Body):
    title: Title
    text: Words
    links: Annotated[tuple[LinkBody, ...], Field(max_length=10)] = ()


class NoticeBody(Wording):
    """For the estates named, all of them in `division`; without any, for all of the division."""

    kind: NoticeKind
    division: Division
    estate_ids: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()


class CorrectionBody(Wording):
    """The next edition, as a draft, and why there is one."""

    reason: Reason


class PostingBody(Body):
    """`proof`: a text or address, e.g. of a photo; `file_id` where a file was uploaded."""

    channel: Channel
    posted_at: datetime
    proof: Reason
    file_id: UUID | None = None


class WithdrawalBody(Body):
    reason: Reason


class Link(BaseModel):
    title: str
    url: str


class PublicPosting(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    channel: Channel
    posted_at: Moment


class PostingOut(PublicPosting):
    proof: str
    file_id: UUID | None
    recorded_by: UUID
    recorded_at: Moment


class PublicNoticeOut(BaseModel):
    """As anybody may read it. A withdrawn one says why, and no longer what it said."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    series_id: UUID
    edition: int
    kind: NoticeKind
    division: str
    estate_ids: list[UUID]
    title: str
    text: str
    links: list[Link]
    correction: str | None
    state: NoticeState
    published_at: Moment
    ended_at: Moment | None
    ended_because: str | None
    posted: list[PublicPosting] = []

    @classmethod
    def of(cls, notice: PublicNotice, postings: Sequence[Posting]) -> PublicNoticeOut:
        shown = cls.model_validate(notice)
        if shown.state is NoticeState.WITHDRAWN:
            shown = shown.model_copy(update={"text": "", "links": []})
        posted = [PublicPosting.model_validate(each) for each in postings]
        return shown.model_copy(update={"posted": posted})


class NoticeOut(BaseModel):
    """As the street and the centre see it. `standing` tells of the channels (E05), once published.

    `missing` are demanded channels without a posting of the first day.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    series_id: UUID
    edition: int
    kind: NoticeKind
    division: str
    estate_ids: list[UUID]
    title: str
    text: str
    links: list[Link]
    correction: str | None
    state: NoticeState
    organisation_id: UUID | None
    drafted_by: UUID
    drafted_at: Moment
    published_by: UUID | None
    published_at: Moment | None
    ended_at: Moment | None
    ended_because: str | None
    standing: Standing | None = None
    due_at: Moment | None
    missing: list[str] = []
    postings: list[PostingOut] = []
    told: int = 0
