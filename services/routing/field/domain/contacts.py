"""What attempts to reach a household amount to (X22)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from shared.clock import BEIJING
from shared.errors import Invalid


class UnknownHouse(Invalid):
    """The estate of this case has no such house."""

    code = "UNKNOWN_HOUSE"
    chinese = "本案小区没有这套房屋。"


class Try(Protocol):
    side: str
    at: datetime
    reached: bool


T = TypeVar("T", bound=Try)


def in_vain(tries: Iterable[T], side: str) -> Sequence[T]:
    """Those since that party was last reached: who answered once was not unreachable before."""
    vain: list[T] = []
    concerned = (each for each in tries if each.side == side)
    for each in sorted(concerned, key=lambda each: each.at):
        if each.reached:
            vain.clear()
        else:
            vain.append(each)
    return vain


def days_of(tries: Iterable[Try]) -> set[date]:
    """As people in Beijing count them."""
    return {each.at.astimezone(BEIJING).date() for each in tries}
