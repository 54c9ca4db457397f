"""What the hotline is told about its order, and when it is tried again (X44, B06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.contracts.vocabulary import ComplaintStatus, RefusalReason
from shared.counting import Length, deadline
from shared.errors import Conflict


class ReplyKind(StrEnum):
    INTERIM = "INTERIM"
    FEEDBACK = "FEEDBACK"
    CLOSED = "CLOSED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    TRANSFERRED = "TRANSFERRED"
    WITHDRAWN = "WITHDRAWN"


KIND_NAMES: Mapping[ReplyKind, str] = {
    ReplyKind.INTERIM: "阶段性答复",
    ReplyKind.FEEDBACK: "办理结果",
    ReplyKind.CLOSED: "办结",
    ReplyKind.NOT_ACCEPTED: "不予受理",
    ReplyKind.TRANSFERRED: "转交其他部门",
    ReplyKind.WITHDRAWN: "诉求人撤回",
}


def closing_words(closed_at: datetime, window: Length) -> str:
    """N13, T33: closed, and the last day on which it may be taken up again (CK-15)."""
    ends = deadline(closed_at, window, WorkingCalendar()).at.astimezone(BEIJING)
    last = ends - timedelta(microseconds=1)
    return (
        f"该件已办结；如问题再次出现或有新情况，可在{last.year}年{last.month}月{last.day}日前"
        "（含当日）申请重新办理。"
    )


class ReplyStatus(StrEnum):
    WAITING = "WAITING"
    TAKEN = "TAKEN"


class ReplyAction(StrEnum):
    TRY_AGAIN = "TRY_AGAIN"
    TAKE = "TAKE"


TRANSITIONS: Mapping[ReplyStatus, Mapping[ReplyAction, ReplyStatus]] = {
    ReplyStatus.WAITING: {
        ReplyAction.TRY_AGAIN: ReplyStatus.WAITING,
        ReplyAction.TAKE: ReplyStatus.TAKEN,
    },
    ReplyStatus.TAKEN: {},
}


class ReplyTaken(Conflict):
    """The hotline has taken this reply already."""

    code = "REPLY_TAKEN"
    chinese = "热线已接收该答复。"


@dataclass(frozen=True)
class Following:
    action: ReplyAction
    at: datetime


def advance(state: ReplyStatus, action: ReplyAction) -> ReplyStatus:
    """Raises ReplyTaken."""
    following = TRANSITIONS[state].get(action)
    if following is None:
        raise ReplyTaken
    return following


def following(
    attempts: int, status: int | None, waits: Sequence[timedelta], now: datetime
) -> Following:
    """Any 2xx takes it; everything else is tried again, with the last wait for ever.

    `attempts` have been made, this one included; `status` is None when there was no answer.
    """
    if status is not None and 200 <= status < 300:
        return Following(ReplyAction.TAKE, now)
    return Following(ReplyAction.TRY_AGAIN, now + waits[min(attempts, len(waits)) - 1])


def is_told_of_refusal(state: ComplaintStatus, reason: RefusalReason, *, supplied: bool) -> bool:
    """Whether the refusal holds, whoever heard of it first: complaint or reply (X37)."""
    if state is ComplaintStatus.NOT_ACCEPTED:
        return True
    if state is ComplaintStatus.SUBMITTED:
        return not (supplied and reason is RefusalReason.NO_INFO)
    return state is ComplaintStatus.NEED_INFO
