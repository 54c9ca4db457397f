"""What happened to a clock from its start to its end, read from its history and the case's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from services.routing.cases.domain.lifecycle import Action
from services.routing.clocks.domain.effects import EFFECTS, JOINT_PARTS, RESOLVE
from shared.contracts.vocabulary import Grade
from shared.counting import net_time
from shared.rulebook import ClockKind

if TYPE_CHECKING:
    from services.routing.cases.tables import CaseEntry
    from services.routing.clocks.tables import ClockEntry

K = ClockKind
A = Action

AT_DISPATCH = (A.DISPATCH, A.REGRADE)
BEYOND_THE_TABLE: Mapping[ClockKind, tuple[Action, ...]] = {
    K.DISPATCH: (A.CREATE,),
    K.MEDIATION_START: AT_DISPATCH,
    K.FEEDBACK: AT_DISPATCH,
    K.MAJOR_INTERIM: AT_DISPATCH,
    K.FAST_FIX: (*AT_DISPATCH, A.REJECT_RESULT),
    **dict.fromkeys(JOINT_PARTS, (*AT_DISPATCH, A.OPEN_JOINT)),
    **dict.fromkeys(RESOLVE, (*AT_DISPATCH, A.REOPEN, A.REJECT_RESULT)),
    K.FORMAL_MEDIATION: (A.REQUEST_MEDIATION,),
    K.CONFIRMATION_APPLICATION: (A.AGREE, A.AGREE_AND_PERFORM),
    K.RETURN_VISIT: (A.BREACH,),
    K.TRANSFER: (A.CREATE, A.GRADE, A.REGRADE),
}


class Happened(StrEnum):
    """What can happen to a clock between its start and its end."""

    WARNED = "WARNED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    EXTENDED = "EXTENDED"
    REGRADED = "REGRADED"


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that did not count; without an end it lasts."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Gross and net time; both are reported (3.3, invariant 4)."""

    gross: timedelta
    net: timedelta


def starting_actions(kind: ClockKind) -> frozenset[Action]:
    """What may start a clock of this kind: by the table of effects, and by commands beyond it."""
    by_table = {action for action, effect in EFFECTS.items() if kind in effect.starts}
    return frozenset(by_table) | frozenset(BEYOND_THE_TABLE.get(kind, ()))


def started_by(
    kind: ClockKind, started_at: datetime, timeline: Sequence[CaseEntry]
) -> CaseEntry | None:
    """The line of the timeline from which the clock counts.

    A clock may count from a moment before it was noticed (X38) or imported (B03): then it is the
    first fitting line after it.
    """
    names = {action.name for action in starting_actions(kind)}
    fitting = [entry for entry in timeline if entry.action in names]
    before = [entry for entry in fitting if entry.at <= started_at]
    return before[-1] if before else next(iter(fitting), None)


def pauses_in(history: Sequence[ClockEntry]) -> list[Pause]:
    """Each pause with the moment at which the clock ran on."""
    began = [entry for entry in history if entry.what == Happened.PAUSED]
    ended = [entry.at for entry in history if entry.what == Happened.RESUMED]
    ends: list[datetime | None] = [*ended, *([None] * (len(began) - len(ended)))]
    return [
        Pause(entry.at, end, entry.reason or "") for entry, end in zip(began, ends, strict=True)
    ]


def time_spent(
    since: datetime, until: datetime, pauses: Sequence[tuple[datetime, datetime | None]]
) -> Spent:
    """A pause that lasts counts until `until`; one that began before `since` from there on."""
    within = [
        (max(began, since), min(ended or until, until))
        for began, ended in pauses
        if began < until and (ended is None or ended > since)
    ]
    return Spent(until - since, net_time(since, until, within))


def of_regrade(old: Grade, new: Grade) -> str:
    return f"{old}_TO_{new}"


def grades_of(reason: str) -> tuple[Grade, Grade]:
    old, _, new = reason.partition("_TO_")
    return Grade(old), Grade(new)
