"""Times of the week in Beijing at which a rule applies, also over midnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shared.clock import BEIJING

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """`weekdays` from 1 (Monday) to 7; empty means every day. From `start` until before `end`.

    A window over midnight belongs to the day on which it begins: Friday 22:00 to 06:00 includes
    the small hours of Saturday.
    """

    weekdays: frozenset[int] = frozenset()
    start: time | None = None
    end: time | None = None

    def covers(self, at: datetime) -> bool:
        local = at.astimezone(BEIJING)
        if self.start is None or self.end is None:
            return self._on(local)
        clock = local.time()
        if self.start < self.end:
            return self.start <= clock < self.end and self._on(local)
        if clock >= self.start:
            return self._on(local)
        return clock < self.end and self._on(local - ONE_DAY)

    def _on(self, day: datetime) -> bool:
        return not self.weekdays or day.isoweekday() in self.weekdays


ALWAYS = Window()
