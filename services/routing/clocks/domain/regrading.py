"""How clocks follow a changed grade; the anchor stays where the case began (T30, X01, X02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.routing.cases.domain.grading import is_raise
from services.routing.clocks.domain.deadlines import (
    Pause,
    Start,
    lowered,
    start_of,
    with_pauses,
)
from services.routing.clocks.domain.effects import RESOLVE
from shared.calendars import WorkingCalendar
from shared.contracts.vocabulary import Grade
from shared.counting import Deadline
from shared.rulebook import ClockKind, Rulebook

FROM_THE_REGRADE = frozenset({ClockKind.MAJOR_CONVENE, ClockKind.MAJOR_PLAN})
FROM_THE_FIRST_DISPATCH = frozenset({ClockKind.MEDIATION_START})
ONCE_ONLY = frozenset({ClockKind.FEEDBACK})


@dataclass(frozen=True)
class Regrade:
    """`anchor` is the first dispatch, `resolution_anchor` the reopening where there was one;
    `running` are the dues of the clocks that run, `settled` the kinds once met or breached,
    `pauses` the suspensions so far: the new clock keeps those since its own start.
    """

    old: Grade
    new: Grade
    anchor: datetime
    resolution_anchor: datetime
    at: datetime
    running: Mapping[ClockKind, Deadline]
    settled: frozenset[ClockKind] = frozenset()
    pauses: tuple[Pause, ...] = ()

    @property
    def current(self) -> Deadline | None:
        """When the result is due by the old grade."""
        return next((self.running[kind] for kind in RESOLVE if kind in self.running), None)


@dataclass(frozen=True)
class ClockChange:
    stops: tuple[ClockKind, ...]
    starts: tuple[Start, ...]


def clocks_after(regrade: Regrade, rulebook: Rulebook, calendar: WorkingCalendar) -> ClockChange:
    """Clocks of the old grade that the new one lacks stop; those it adds start."""
    old, new = (rulebook.grades[grade].clocks for grade in (regrade.old, regrade.new))
    stops = tuple(kind for kind in old if kind not in new)
    starts = tuple(
        _start(kind, regrade, rulebook, calendar)
        for kind in new
        if kind not in old and kind not in ONCE_ONLY and not _is_over(kind, regrade)
    )
    return ClockChange(stops, starts)


def _start(
    kind: ClockKind, regrade: Regrade, rulebook: Rulebook, calendar: WorkingCalendar
) -> Start:
    current = regrade.current
    if kind in RESOLVE and current is not None and not is_raise(regrade.old, regrade.new):
        return lowered(kind, current, regrade.at, rulebook, calendar)
    start = start_of(kind, _begins(kind, regrade), rulebook, calendar)
    return with_pauses(start, regrade.pauses)


def _begins(kind: ClockKind, regrade: Regrade) -> datetime:
    if kind in FROM_THE_REGRADE:
        return regrade.at
    return regrade.anchor if kind in FROM_THE_FIRST_DISPATCH else regrade.resolution_anchor


def _is_over(kind: ClockKind, regrade: Regrade) -> bool:
    """CK-03 counts once for a case, whatever its grade was then."""
    return kind in FROM_THE_FIRST_DISPATCH and kind in regrade.settled
