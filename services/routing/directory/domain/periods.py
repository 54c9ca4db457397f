"""Days from one to another, both included: contracts, roles and interests have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from shared.clock import BEIJING
from shared.errors import Invalid


class EndsBeforeItBegins(Invalid):
    """The last day lies before the first."""

    code = "ENDS_BEFORE_IT_BEGINS"
    chinese = "截止日早于起始日。"


@dataclass(frozen=True, slots=True)
class Period:
    """Without `last` there is no end."""

    first: date
    last: date | None

    refusal: ClassVar[type[Invalid]] = EndsBeforeItBegins

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise self.refusal

    def includes(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return self.includes(other.first) or other.includes(self.first)

    def is_over(self, day: date) -> bool:
        return self.last is not None and self.last < day

    def turns(self) -> Iterator[date]:
        """The first day, and the first day after the last."""
        yield self.first
        if self.last is not None:
            yield self.last + timedelta(days=1)


def next_turn(periods: Iterable[Period], today: date) -> date | None:
    """The next day on which one of them begins or is over."""
    ahead = [day for period in periods for day in period.turns() if day > today]
    return min(ahead, default=None)


def beginning_of(day: date) -> datetime:
    """0:00 in Beijing, which is 24:00 of the day before."""
    return datetime.combine(day, time(), tzinfo=BEIJING)
