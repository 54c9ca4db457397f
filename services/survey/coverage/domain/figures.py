"""From counted lines to the figures of a place and a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.survey.indicators.domain.shares import Share
from services.survey.visits.domain.lifecycle import AWAITING, VisitStatus
from services.survey.visits.domain.voices import Silence, Through
from shared.contracts.vocabulary import Solved


@dataclass(frozen=True)
class Line:
    """So many visits alike; `positive` as the rulebook of the visit counts it; `to_call`: CK-12 ran
    out, `called`: at least one attempt was made.
    """

    count: int
    state: VisitStatus
    through: Through | None = None
    because: Silence | None = None
    solved: Solved | None = None
    positive: bool | None = None
    asks_to_reopen: bool = False
    to_call: bool = False
    called: bool = False


@dataclass(frozen=True)
class Figures:
    """`answered_share` is of those that ended; `called_share` of those that had to be called;
    the others of those that answered: who did not counts for nothing (X33).
    """

    opened: int
    awaiting: int
    cancelled: int
    answered: Mapping[Through, int]
    unanswered: Mapping[Silence, int]
    answered_share: Share
    called_share: Share
    satisfied: Share
    solved: Share
    asking_to_reopen: Share


def figures(lines: Sequence[Line]) -> Figures:
    ended = [each for each in lines if each.state not in AWAITING | {VisitStatus.CANCELLED}]
    given = [each for each in ended if each.state == VisitStatus.ANSWERED]
    silent = [each for each in ended if each.state == VisitStatus.UNANSWERED]
    to_call = [each for each in lines if each.to_call]
    return Figures(
        opened=_count(lines),
        awaiting=_count(lines, lambda each: each.state in AWAITING),
        cancelled=_count(lines, lambda each: each.state == VisitStatus.CANCELLED),
        answered={how: _count([e for e in given if e.through == how]) for how in Through},
        unanswered={why: _count([e for e in silent if e.because == why]) for why in Silence},
        answered_share=Share(_count(given), _count(ended)),
        called_share=_share(to_call, lambda each: each.called),
        satisfied=_share(given, lambda each: bool(each.positive)),
        solved=_share(given, lambda each: each.solved == Solved.YES),
        asking_to_reopen=_share(given, lambda each: each.asks_to_reopen),
    )


def _share(lines: Sequence[Line], fits: Callable[[Line], bool]) -> Share:
    return Share(_count(lines, fits), _count(lines))


def _count(lines: Sequence[Line], fits: Callable[[Line], bool] = lambda _: True) -> int:
    return sum(each.count for each in lines if fits(each))
