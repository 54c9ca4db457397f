"""What every event is made of, and the CloudEvents 1.0 envelope it travels in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Contract(BaseModel):
    """A frozen part of a published contract; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PublicState(Contract):
    """What everybody may know of an aggregate. The newest `version` wins, in any order."""

    id: UUID
    version: int


class Event(Contract):
    """A fact in the past tense, with the public state of its aggregate after it.

    `audience` names the services that subscribe; each of them owes a receipt.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    audience: ClassVar[tuple[str, ...]] = ()

    @property
    def about(self) -> PublicState:
        """The aggregate this fact belongs to; every event says which."""
        raise NotImplementedError  # pydantic's models take no abstract methods from ABC


class Envelope(Contract):
    """CloudEvents 1.0 attributes; extension attributes are lower case as the specification asks."""

    specversion: str = "1.0"
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: str = "application/json"
    typeversion: int
    aggregateversion: int
    correlationid: UUID
    causationid: UUID | None = None
    traceparent: str | None = None
    actorend: str
    actorrole: str
    actorid: UUID | None = None
    data: dict[str, Any]

    @property
    def publisher(self) -> str:
        return self.source.rsplit("/", 1)[-1]
