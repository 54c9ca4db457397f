"""The states of a delivery, and the only way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class DeliveryStatus(StrEnum):
    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"  # every attempt of the schedule was made
    CANCELLED = "CANCELLED"  # the endpoint was deleted while it waited


class DeliveryAction(StrEnum):
    RETRY = "RETRY"
    DELIVER = "DELIVER"
    FAIL = "FAIL"
    REPLAY = "REPLAY"
    CANCEL = "CANCEL"


TRANSITIONS: Mapping[DeliveryStatus, Mapping[DeliveryAction, DeliveryStatus]] = {
    DeliveryStatus.WAITING: {
        DeliveryAction.RETRY: DeliveryStatus.WAITING,
        DeliveryAction.DELIVER: DeliveryStatus.DELIVERED,
        DeliveryAction.FAIL: DeliveryStatus.FAILED,
        DeliveryAction.REPLAY: DeliveryStatus.WAITING,
        DeliveryAction.CANCEL: DeliveryStatus.CANCELLED,
    },
    DeliveryStatus.DELIVERED: {DeliveryAction.REPLAY: DeliveryStatus.WAITING},
    DeliveryStatus.FAILED: {DeliveryAction.REPLAY: DeliveryStatus.WAITING},
    DeliveryStatus.CANCELLED: {},
}


class DeliverySettled(Conflict):
    """This delivery needs no further attempt."""

    code = "DELIVERY_SETTLED"
    chinese = "该推送已处理完毕。"


def advance(state: DeliveryStatus, action: DeliveryAction) -> DeliveryStatus:
    """Raises DeliverySettled."""
    following = TRANSITIONS[state].get(action)
    if following is None:
        raise DeliverySettled
    return following


def may_take(action: DeliveryAction) -> frozenset[DeliveryStatus]:
    """The states in which the action is possible, for a change of many rows at once."""
    return frozenset(state for state, actions in TRANSITIONS.items() if action in actions)
