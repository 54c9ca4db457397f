"""A deadline with everything that explains it."""

from __future__ import annotations

from pydantic import BaseModel

from services.routing.times import Moment
from shared.contracts.vocabulary import Grade


class StartedBy(BaseModel):
    """The line of the timeline that the clock counts from."""

    action: str
    row: str
    at: Moment
    actor_end: str


class PauseOut(BaseModel):
    """`until` is null while the clock stands still."""

    since: Moment
    until: Moment | None
    reason: str


class MovedOut(BaseModel):
    """The due time before and after an extension (T29)."""

    at: Moment
    actor_end: str
    due_before: Moment
    due_after: Moment


class RegradedOut(MovedOut):
    """The clock took over from that of another grade (T30)."""

    from_grade: Grade
    to_grade: Grade


class WarningOut(BaseModel):
    share: float
    at: Moment


class ClockOut(BaseModel):
    """`rules` are row ids of the letter and its rules; `generation` counts the due times so far.

    Net time is gross time without the pauses; both end when the clock is met or stopped, or now.
    """

    code: str
    kind: str
    name: str
    rules: list[str]
    counting: str
    basis: str
    starts: str
    met_by: str
    started_at: Moment
    started_by: StartedBy | None
    due_at: Moment
    provisional: bool
    generation: int
    pauses: list[PauseOut]
    extensions: list[MovedOut]
    regrades: list[RegradedOut]
    warnings: list[WarningOut]
    paused_seconds: int
    gross_seconds: int
    net_seconds: int
    state: str
    met_at: Moment | None
    breached_at: Moment | None
    stopped_at: Moment | None


class ClocksOut(BaseModel):
    """With the time of the case as a whole, from its acceptance (invariant 4)."""

    items: list[ClockOut]
    gross_seconds: int
    net_seconds: int
