"""Which of a case's clocks its desk works against: the next one due that is the desk's to keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from shared.rulebook import OTHERS_TIME

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
BREACH = 1.0  # the share of the whole length


class ClockState(StrEnum):
    """How far the next promised clock is; the shares are those of the rulebook's warnings."""

    RUNNING_OK = "RUNNING_OK"
    WARNED_50 = "WARNED_50"
    WARNED_80 = "WARNED_80"
    OVERDUE = "OVERDUE"
    PAUSED = "PAUSED"


class Clock(Protocol):
    """What is asked of a row of the clock table."""

    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def warned(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Promise:
    kind: str
    due_at: datetime
    state: ClockState


def next_promise(clocks: Iterable[Clock]) -> Promise | None:
    """The earliest due of those that run; of the paused ones only when nothing runs."""
    promised = [clock for clock in clocks if clock.kind not in OTHERS_TIME]
    running = [clock for clock in promised if clock.state == "RUNNING"]
    paused = [clock for clock in promised if clock.state == "PAUSED"]
    first = min(running or paused, key=lambda clock: (clock.due_at, clock.kind), default=None)
    return None if first is None else Promise(first.kind, first.due_at, state_of(first))


def state_of(clock: Clock) -> ClockState:
    """With more time granted (T29) the shares begin anew; a pause (X06) leaves them."""
    if clock.state == "PAUSED":
        return ClockState.PAUSED
    if clock.warned >= BREACH:
        return ClockState.OVERDUE
    if clock.warned >= 0.8:
        return ClockState.WARNED_80
    return ClockState.WARNED_50 if clock.warned >= 0.5 else ClockState.RUNNING_OK
