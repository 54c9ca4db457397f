"""How promises were kept, clock by clock (lifecycle 3.3); once breached is always breached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from services.survey.indicators.domain.shares import Share


@dataclass(frozen=True)
class Performance:
    """Of the clocks of a kind that fell due in the time. `margin` is the median of what was left
    when they were met, negative for those met late; without a met one there is none.
    """

    kind: str
    met: int
    breached: int
    margin: timedelta | None

    @property
    def share(self) -> Share:
        return Share(self.met, self.met + self.breached)


@dataclass(frozen=True)
class Objections:
    """What a unit objected to (T12), and how the dispatcher decided (T13): `upheld` went to
    somebody else, the rest came back to the unit to stay.
    """

    unit_id: str
    name: str | None
    raised: int
    decided: int
    upheld: int

    @property
    def share(self) -> Share:
        return Share(self.upheld, self.decided)
