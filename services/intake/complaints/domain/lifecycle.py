"""The intake side of the lifecycle (lifecycle 3.2, 3.5); after acceptance the case leads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.vocabulary import ComplaintStatus, RefusalReason
from shared.errors import Conflict


class Action(StrEnum):
    """What can happen to a complaint, by the row of the table that allows it."""

    ACCEPT = "ACCEPT"  # T06
    JOIN = "JOIN"  # T07
    SEPARATE = "SEPARATE"  # X10
    REFUSE = "REFUSE"  # T05
    ASK = "ASK"  # T02
    SUPPLY = "SUPPLY"  # T03
    EXPIRE = "EXPIRE"  # T04
    WITHDRAW = "WITHDRAW"  # T08


TRANSITIONS: Mapping[ComplaintStatus, Mapping[Action, ComplaintStatus]] = {
    ComplaintStatus.SUBMITTED: {
        Action.ACCEPT: ComplaintStatus.ACCEPTED,
        Action.JOIN: ComplaintStatus.MERGED,
        Action.REFUSE: ComplaintStatus.NOT_ACCEPTED,
        Action.ASK: ComplaintStatus.NEED_INFO,
        Action.WITHDRAW: ComplaintStatus.WITHDRAWN,
    },
    # routing may decide without waiting for what it asked for (T04)
    ComplaintStatus.NEED_INFO: {
        Action.ACCEPT: ComplaintStatus.ACCEPTED,
        Action.JOIN: ComplaintStatus.MERGED,
        Action.REFUSE: ComplaintStatus.NOT_ACCEPTED,
        Action.SUPPLY: ComplaintStatus.SUBMITTED,
        Action.EXPIRE: ComplaintStatus.NOT_ACCEPTED,
        Action.WITHDRAW: ComplaintStatus.WITHDRAWN,
    },
    ComplaintStatus.ACCEPTED: {
        Action.JOIN: ComplaintStatus.MERGED,
        Action.SEPARATE: ComplaintStatus.ACCEPTED,  # heard of before the merger (X37)
        Action.WITHDRAW: ComplaintStatus.WITHDRAWN,
    },
    ComplaintStatus.MERGED: {
        Action.JOIN: ComplaintStatus.MERGED,
        Action.SEPARATE: ComplaintStatus.ACCEPTED,
        Action.WITHDRAW: ComplaintStatus.WITHDRAWN,
    },
    ComplaintStatus.NOT_ACCEPTED: {},
    ComplaintStatus.WITHDRAWN: {},
}

FIRST = ComplaintStatus.SUBMITTED  # T01


class ComplaintForbids(Conflict):
    """The complaint's present state does not allow this."""

    code = "COMPLAINT_STATE_FORBIDS"
    chinese = "诉求的当前状态不允许此操作。"


def refusing(state: ComplaintStatus, reason: RefusalReason, *, supplied: bool) -> Action | None:
    """T05, or T04 for want of information; what was supplied in time is not refused for that."""
    uninformed = reason is RefusalReason.NO_INFO
    if uninformed and supplied and state is ComplaintStatus.SUBMITTED:
        return None
    waiting = state is ComplaintStatus.NEED_INFO
    action = Action.EXPIRE if uninformed and waiting else Action.REFUSE
    return action if allows(state, action) else None


def allows(state: ComplaintStatus, action: Action) -> bool:
    return action in TRANSITIONS[state]


def advance(state: ComplaintStatus, action: Action) -> ComplaintStatus:
    """The state after `action`. Raises ComplaintForbids."""
    if not allows(state, action):
        raise ComplaintForbids(state=state, action=action)
    return TRANSITIONS[state][action]
