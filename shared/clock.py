"""The only reader of the wall clock, and its simulated twin for demos and tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells the time. `simulated` says that deadlines follow it instead of database time."""

    @property
    def simulated(self) -> bool: ...

    def now(self) -> datetime:
        """The present moment, always with an offset."""
        ...


class SystemClock:
    simulated = False

    def now(self) -> datetime:
        return datetime.now(BEIJING)


class SimulatedClock:
    """Stands still until it is moved; never moves backwards."""

    simulated = True

    def __init__(self, start: datetime) -> None:
        self._now = _aware(start)

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Raises ValueError when `moment` lies before the present."""
        if _aware(moment) < self._now:
            raise ValueError("a clock does not run backwards")
        self._now = moment.astimezone(BEIJING)

    def advance(self, step: timedelta) -> None:
        self.move_to(self._now + step)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(BEIJING)
