"""What the own list is narrowed down to."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shared.contracts.vocabulary import CaseStatus, Channel, ComplaintStatus


class ComplaintFilter(BaseModel):
    """Absent members narrow nothing; of several values of one member any will do.

    `query` are words, each of which stands in the title, the text, the place or the number; two
    characters of Chinese are enough. `open` is what has got no result yet, `needs_me` what waits
    for its reporter: something is to be supplied, or the feedback to be answered.
    """

    model_config = ConfigDict(frozen=True)

    query: Annotated[str | None, Field(max_length=100)] = None
    state: tuple[ComplaintStatus, ...] = Field(default=(), max_length=6)
    case_state: tuple[CaseStatus, ...] = Field(default=(), max_length=16)
    channel: tuple[Channel, ...] = Field(default=(), max_length=7)
    estate: UUID | None = None
    category: Annotated[str | None, Field(max_length=16)] = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    open: bool | None = None
    needs_me: bool | None = None

    @property
    def words(self) -> list[str]:
        return (self.query or "").replace("\0", "").split()
