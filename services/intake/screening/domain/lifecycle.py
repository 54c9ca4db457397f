"""The life of a screening: checked by WeChat, else held for a person, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class SubjectType(StrEnum):
    COMPLAINT = "COMPLAINT"
    ATTACHMENT = "ATTACHMENT"


class ScreeningState(StrEnum):
    WAITING = "WAITING"  # to be checked
    SENT = "SENT"  # the finding will be pushed
    PASSED = "PASSED"
    HELD = "HELD"  # hidden from others until a person decides
    SHOWN = "SHOWN"  # a person decided
    HIDDEN = "HIDDEN"  # a person decided


class ScreeningAction(StrEnum):
    SEND = "SEND"
    PASS = "PASS"
    HOLD = "HOLD"
    SHOW = "SHOW"
    HIDE = "HIDE"
    RENEW = "RENEW"  # the reporter supplied more


DECIDED = {
    ScreeningAction.SHOW: ScreeningState.SHOWN,
    ScreeningAction.HIDE: ScreeningState.HIDDEN,
}
# what a person looks at, or has hidden, no check shows: a person looks again
WITH_A_PERSON = {**DECIDED, ScreeningAction.RENEW: ScreeningState.HELD}

TRANSITIONS: Mapping[ScreeningState, Mapping[ScreeningAction, ScreeningState]] = {
    ScreeningState.WAITING: {
        ScreeningAction.SEND: ScreeningState.SENT,
        ScreeningAction.PASS: ScreeningState.PASSED,
        ScreeningAction.HOLD: ScreeningState.HELD,
        ScreeningAction.RENEW: ScreeningState.WAITING,
    },
    ScreeningState.SENT: {
        ScreeningAction.PASS: ScreeningState.PASSED,
        ScreeningAction.HOLD: ScreeningState.HELD,
    },
    ScreeningState.PASSED: {
        ScreeningAction.HIDE: ScreeningState.HIDDEN,
        ScreeningAction.RENEW: ScreeningState.WAITING,
    },
    ScreeningState.HELD: WITH_A_PERSON,
    ScreeningState.SHOWN: {**DECIDED, ScreeningAction.RENEW: ScreeningState.WAITING},
    ScreeningState.HIDDEN: WITH_A_PERSON,
}

FIRST = ScreeningState.WAITING
VISIBLE = frozenset({ScreeningState.PASSED, ScreeningState.SHOWN})


class ScreeningForbids(Conflict):
    """The check is still under way; decide once it is held."""

    code = "SCREENING_STATE_FORBIDS"
    chinese = "内容仍在检测中，暂不能作出决定。"


def advance(state: str, action: ScreeningAction) -> ScreeningState:
    """Raises ScreeningForbids."""
    try:
        return TRANSITIONS[ScreeningState(state)][action]
    except KeyError:
        raise ScreeningForbids(state=state, action=action) from None
