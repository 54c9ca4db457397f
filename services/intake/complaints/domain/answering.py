"""When the reporter may answer a feedback (T31, T32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.vocabulary import CaseStatus, Solved
from shared.errors import Conflict

ANSWERABLE = frozenset({CaseStatus.FEEDBACK, CaseStatus.CLOSED})


class FeedbackNotGiven(Conflict):
    """There is no feedback to answer yet."""

    code = "FEEDBACK_NOT_GIVEN"
    chinese = "尚未反馈办理结果，暂不能评价。"


class AlreadyConfirmed(Conflict):
    """You have answered this feedback before."""

    code = "ALREADY_CONFIRMED"
    chinese = "您已对本次反馈作出评价。"


class AnswerTooLate(Conflict):
    """The time to answer this feedback is over."""

    code = "ANSWER_TOO_LATE"
    chinese = "本次反馈的评价期限已过。"


class AnonymousCannotRate(Conflict):
    """An anonymous complaint has no rating."""

    code = "ANONYMOUS_CANNOT_RATE"
    chinese = "匿名诉求不参与评价。"


@dataclass(frozen=True)
class Answer:
    solved: Solved
    level: int
    reason: str | None = None


@dataclass(frozen=True)
class Asked:
    """What there is to answer: the case after its feedback, and until when it may be answered."""

    state: CaseStatus
    feedback_at: datetime
    until: datetime | None
    anonymous: bool
    answered: bool


def open_question(asked: Asked | None, now: datetime) -> datetime:
    """The feedback that may be answered now, by its moment. Raises one of the conflicts."""
    if asked is None or asked.state not in ANSWERABLE:
        raise FeedbackNotGiven
    if asked.anonymous:
        raise AnonymousCannotRate
    if asked.answered:
        raise AlreadyConfirmed
    if asked.until is not None and now > asked.until:
        raise AnswerTooLate
    return asked.feedback_at
