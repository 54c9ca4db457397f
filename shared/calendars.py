"""Working days: the published calendar behind a table the operator can edit (facts 2.8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import chinese_calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class WorkingCalendar:
    """Which days are worked. A year nobody published is answered by weekdays and flagged.

    `overrides` says for single dates whether they are worked and wins over the published
    calendar. `confirmed_years` are years the operator has entered completely by hand.
    """

    def __init__(
        self,
        overrides: Mapping[date, bool] | None = None,
        confirmed_years: Collection[int] = (),
    ) -> None:
        self._overrides = MappingProxyType(dict(overrides or {}))
        self._confirmed_years = frozenset(confirmed_years)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked; only as certain as `provisional(day.year)` allows."""
        override = self._overrides.get(day)
        if override is not None:
            return override
        if _published(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY

    def provisional(self, year: int) -> bool:
        """True while neither the State Council nor the operator has published `year`."""
        return not _published(year) and year not in self._confirmed_years

    def on_or_after(self, day: date) -> date:
        """The first working day that is not before `day`."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def after(self, day: date, working_days: int) -> date:
        """The given number of working days after `day`, which itself is not counted."""
        for _ in range(working_days):
            day = self.on_or_after(day + ONE_DAY)
        return day


def _published(year: int) -> bool:
    """The package knows a year completely or not at all."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:  # the package's word for a year that is not published
        return False
    return True
