"""Periods by name, and the span of time that each of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from shared.clock import BEIJING
from shared.errors import Invalid

Cycle = Literal["YEAR", "HALF_YEAR", "QUARTER", "MONTH"]

MONTHS_OF_A_YEAR = 12
MONTHS: dict[Cycle, int] = {"YEAR": 12, "HALF_YEAR": 6, "QUARTER": 3, "MONTH": 1}
FORM = re.compile(
    r"(?P<year>2\d{3})(-(H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?",
    re.ASCII,
)
NAMES: dict[Cycle, tuple[str, ...]] = {
    "YEAR": ("",),
    "HALF_YEAR": ("上半年", "下半年"),
    "QUARTER": ("第一季度", "第二季度", "第三季度", "第四季度"),
    "MONTH": tuple(f"{number}月" for number in range(1, MONTHS_OF_A_YEAR + 1)),
}


class PeriodInvalid(Invalid):
    """A period is a year, half-year, quarter or month: 2026, 2026-H1, 2026-Q1, 2026-03."""

    code = "PERIOD_INVALID"
    chinese = "统计周期格式不正确，例如：2026、2026-H1、2026-Q1、2026-03。"


@dataclass(frozen=True)
class Span:
    """From `since` to before `until`."""

    since: datetime
    until: datetime

    def up_to(self, now: datetime) -> Span:
        """What of it is over: figures of a running period end now."""
        return replace(self, until=max(self.since, min(self.until, now)))

    def is_over(self, now: datetime) -> bool:
        return self.until <= now


@dataclass(frozen=True)
class Period:
    """The `number`-th of its kind in the year, from 1."""

    cycle: Cycle
    year: int
    number: int = 1

    @classmethod
    def named(cls, name: str) -> Period:
        """Raises PeriodInvalid."""
        found = FORM.fullmatch(name)
        if found is None:
            raise PeriodInvalid(period=name[:20])
        year = int(found["year"])
        if found["half"]:
            return cls("HALF_YEAR", year, int(found["half"]))
        if found["quarter"]:
            return cls("QUARTER", year, int(found["quarter"]))
        if found["month"]:
            return cls("MONTH", year, int(found["month"]))
        return cls("YEAR", year)

    @classmethod
    def around(cls, cycle: Cycle, moment: datetime) -> Period:
        """The one that a moment lies in, in Beijing."""
        local = moment.astimezone(BEIJING)
        return cls(cycle, local.year, (local.month - 1) // MONTHS[cycle] + 1)

    @property
    def name(self) -> str:
        endings = {
            "YEAR": "",
            "HALF_YEAR": f"-H{self.number}",
            "QUARTER": f"-Q{self.number}",
            "MONTH": f"-{self.number:02d}",
        }
        return f"{self.year}{endings[self.cycle]}"

    @property
    def chinese(self) -> str:
        """2026年上半年, as readers call it."""
        return f"{self.year}年{NAMES[self.cycle][self.number - 1]}"

    @property
    def span(self) -> Span:
        return Span(self._begin, self._moved(1)._begin)

    @property
    def previous(self) -> Period:
        return self._moved(-1)

    @property
    def _begin(self) -> datetime:
        month = (self.number - 1) * MONTHS[self.cycle] + 1
        return datetime(self.year, month, 1, tzinfo=BEIJING)

    def _moved(self, by: int) -> Period:
        a_year = MONTHS_OF_A_YEAR // MONTHS[self.cycle]
        count = self.year * a_year + self.number - 1 + by
        return replace(self, year=count // a_year, number=count % a_year + 1)


def span_of(period: str) -> Span:
    """Raises PeriodInvalid."""
    return Period.named(period).span


def last_period(cycle: Cycle, now: datetime) -> str:
    """The newest that is over."""
    return Period.around(cycle, now).previous.name
