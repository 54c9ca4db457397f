"""The states of a return visit, and the only way from one to the next (CK-12, CK-14, X33)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class VisitStatus(StrEnum):
    OPEN = "OPEN"  # 待确认: the owner was asked, CK-12 runs
    CALLING = "CALLING"  # 回访中: the owner did not answer in time, CK-14 runs
    ANSWERED = "ANSWERED"  # 已评价
    UNANSWERED = "UNANSWERED"  # 未回应: counts for nothing (X33)
    CANCELLED = "CANCELLED"  # 已取消: the case went on, there will be another feedback


class VisitAction(StrEnum):
    CALL = "CALL"
    ANSWER = "ANSWER"
    RECORD = "RECORD"  # the owner said it on the telephone
    CONFIRM = "CONFIRM"  # the owner's answer came through intake, perhaps after the end
    GIVE_UP = "GIVE_UP"
    CANCEL = "CANCEL"


TRANSITIONS: Mapping[VisitStatus, Mapping[VisitAction, VisitStatus]] = {
    VisitStatus.OPEN: {
        VisitAction.CALL: VisitStatus.CALLING,
        VisitAction.ANSWER: VisitStatus.ANSWERED,
        VisitAction.CONFIRM: VisitStatus.ANSWERED,
        VisitAction.GIVE_UP: VisitStatus.UNANSWERED,
        VisitAction.CANCEL: VisitStatus.CANCELLED,
    },
    VisitStatus.CALLING: {
        VisitAction.ANSWER: VisitStatus.ANSWERED,
        VisitAction.RECORD: VisitStatus.ANSWERED,
        VisitAction.CONFIRM: VisitStatus.ANSWERED,
        VisitAction.GIVE_UP: VisitStatus.UNANSWERED,
        VisitAction.CANCEL: VisitStatus.CANCELLED,
    },
    VisitStatus.UNANSWERED: {VisitAction.CONFIRM: VisitStatus.ANSWERED},
    VisitStatus.ANSWERED: {},
    # the answer that reopened the case, heard of after the reopening
    VisitStatus.CANCELLED: {VisitAction.CONFIRM: VisitStatus.ANSWERED},
}

AWAITING = frozenset({VisitStatus.OPEN, VisitStatus.CALLING})


class VisitAlreadyAnswered(Conflict):
    """This visit has its answer; there is one answer per visit."""

    code = "VISIT_ANSWERED"
    chinese = "本次回访已经评价，每次回访只能评价一次。"


class VisitEnded(Conflict):
    """This visit ended without an answer."""

    code = "VISIT_ENDED"
    chinese = "本次回访已经结束，不能再评价。"


def advance(state: VisitStatus, action: VisitAction) -> VisitStatus:
    """Raises VisitAlreadyAnswered or VisitEnded."""
    following = TRANSITIONS[state].get(action)
    if following is not None:
        return following
    if state == VisitStatus.ANSWERED:
        raise VisitAlreadyAnswered
    raise VisitEnded
