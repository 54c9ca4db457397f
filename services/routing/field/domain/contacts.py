"""What attempts to reach a household amount to (X22)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from shared.clock import BEIJING


class Try(Protocol):
    at: datetime
    reached: bool


T = TypeVar("T", bound=Try)


def in_vain(tries: Iterable[T]) -> Sequence[T]:
    """Those since somebody was last reached: who answered once was not unreachable before."""
    vain: list[T] = []
    for each in sorted(tries, key=lambda each: each.at):
        if each.reached:
            vain.clear()
        else:
            vain.append(each)
    return vain


def days_of(tries: Iterable[Try]) -> set[date]:
    """As people in Beijing count them."""
    return {each.at.astimezone(BEIJING).date() for each in tries}
