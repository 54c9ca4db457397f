"""Why a case is supervised, and when an order may be answered (T44, X17, X18)."""

from __future__ import annotations

from enum import StrEnum

from shared.errors import Conflict, NotFound


class Cause(StrEnum):
    """What led to an order."""

    OVERDUE = "OVERDUE"  # a promised clock ran out, or stayed unmet for a day
    URGED = "URGED"  # the owner urged for the third time
    ORDERED = "ORDERED"  # a leader decided so


class OrderNotFound(NotFound):
    """This case has no such supervision order."""

    code = "ORDER_NOT_FOUND"
    chinese = "本案没有这份督办单。"


class OrderAlreadyAnswered(Conflict):
    """This supervision order has been answered already."""

    code = "ORDER_ALREADY_ANSWERED"
    chinese = "该督办单已经回复。"


def refuse_answered(answered: bool) -> None:
    """Raises OrderAlreadyAnswered."""
    if answered:
        raise OrderAlreadyAnswered
