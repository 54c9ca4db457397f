"""A complaint on the desk, as routing keeps it; intake keeps the complaint's own state (3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class PendingStatus(StrEnum):
    """Where a complaint stands that was not accepted at once."""

    WAITING = "WAITING"
    INFO_REQUESTED = "INFO_REQUESTED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class PendingAction(StrEnum):
    """The past tense is the action of the audit log."""

    ASK = "info_requested"  # T02
    SUPPLY = "supplemented"  # T03
    EXPIRE = "expired"  # T04
    RESUME = "resumed"  # T04, handleable as it is
    REFUSE = "refused"  # T05
    ACCEPT = "accepted"  # T06
    WITHDRAW = "withdrawn"  # T08


class DecisionNotPossible(Conflict):
    """This complaint has been decided about, or waits for its reporter."""

    code = "DECISION_NOT_POSSIBLE"
    chinese = "该诉求已处理或正在等待补正，不能执行此操作。"


S = PendingStatus
A = PendingAction

OPEN = frozenset({S.WAITING, S.INFO_REQUESTED})

# What was supplied in time counts, also when CK-13 was found to be over a moment before (T03). Of
# a complaint that then goes on without it, the reporter is not told, and may still supply it.
TRANSITIONS: Mapping[tuple[PendingStatus, PendingAction], PendingStatus] = {
    (S.WAITING, A.ASK): S.INFO_REQUESTED,
    (S.WAITING, A.SUPPLY): S.WAITING,
    (S.WAITING, A.REFUSE): S.REFUSED,
    (S.WAITING, A.ACCEPT): S.ACCEPTED,
    (S.WAITING, A.WITHDRAW): S.WITHDRAWN,
    (S.INFO_REQUESTED, A.SUPPLY): S.WAITING,
    (S.INFO_REQUESTED, A.RESUME): S.WAITING,
    (S.INFO_REQUESTED, A.EXPIRE): S.EXPIRED,
    (S.INFO_REQUESTED, A.REFUSE): S.REFUSED,
    (S.INFO_REQUESTED, A.ACCEPT): S.ACCEPTED,
    (S.INFO_REQUESTED, A.WITHDRAW): S.WITHDRAWN,
    (S.EXPIRED, A.SUPPLY): S.WAITING,
    (S.EXPIRED, A.WITHDRAW): S.WITHDRAWN,
}


def is_possible(state: PendingStatus, action: PendingAction) -> bool:
    return (state, action) in TRANSITIONS


def advance(state: PendingStatus, action: PendingAction) -> PendingStatus:
    """The state after `action`. Raises DecisionNotPossible."""
    if not is_possible(state, action):
        raise DecisionNotPossible(state=state)
    return TRANSITIONS[state, action]
