"""A deadline with everything that explains it."""

from __future__ import annotations

from pydantic import BaseModel

from services.routing.times import Moment


class ClockOut(BaseModel):
    """`rules` are row ids of the letter and its rules; `paused_seconds` has moved the due time."""

    code: str
    kind: str
    name: str
    rules: list[str]
    counting: str
    basis: str
    starts: str
    met_by: str
    started_at: Moment
    due_at: Moment
    provisional: bool
    paused_seconds: int
    state: str
    met_at: Moment | None
    breached_at: Moment | None


class ClocksOut(BaseModel):
    items: list[ClockOut]
