"""What a case must carry before it ends, and what the owner's answer means (B01, T31, T32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.contracts.vocabulary import Solved
from shared.errors import Conflict
from shared.rulebook.sections.handling import Closing
from shared.rulebook.sections.handling import Reopening as ReopeningRules


class FeedbackRequired(Conflict):
    """A case is closed only after a result was fed back."""

    code = "FEEDBACK_REQUIRED"
    chinese = "尚未反馈处理结果，不能办结。"


class ReopeningNotAsked(Conflict):
    """Nobody has asked to reopen this case, so there is nothing to decide."""

    code = "REOPENING_NOT_ASKED"
    chinese = "业主未申请重新办理，无需裁定。"


class ReopeningTooLate(Conflict):
    """The fifteen days for reopening are over (CK-15); a new complaint is needed."""

    code = "REOPENING_TOO_LATE"
    chinese = "已超过十五日重新办理期限，请提交新的诉求。"


class Reopening(StrEnum):
    """What a dispatcher decides on a request (T32, X35)."""

    REOPEN = "REOPEN"
    FINAL = "FINAL"


class Answer(StrEnum):
    """What follows from the owner's answer."""

    CLOSE = "CLOSE"
    REOPEN = "REOPEN"
    DISPATCHER_DECIDES = "DISPATCHER_DECIDES"


@dataclass(frozen=True)
class Voices:
    """Who stands behind a case: complaints not withdrawn, those of them with an account, and those
    that staff filed on behalf of somebody without one.
    """

    channel: str
    anonymous: bool
    standing: int
    named: int
    on_behalf: int = 0


def refuse_unfinished(
    closing: Closing, feedback_at: datetime | None, result_code: str | None
) -> None:
    """Raises FeedbackRequired (B01, invariant 1)."""
    if closing.feedback_required and (feedback_at is None or result_code is None):
        raise FeedbackRequired


def is_overtaken(about: datetime | None, feedback_at: datetime | None) -> bool:
    """What was said, or kept silent, about a feedback says nothing of a newer one (X37)."""
    return about is not None and feedback_at is not None and about < feedback_at


def is_within(until: datetime | None, now: datetime) -> bool:
    """`until` is the last instant of CK-15."""
    return until is not None and now <= until


def refuse_after_window(until: datetime | None, now: datetime) -> None:
    """Raises ReopeningTooLate."""
    if not is_within(until, now):
        raise ReopeningTooLate


def has_nobody_to_answer(closing: Closing, voices: Voices) -> bool:
    """Nobody reported it, or nobody can be asked: the report line or reply closes it (X15, X45)."""
    if voices.named or voices.on_behalf:
        return False
    return (
        not voices.standing or voices.anonymous or voices.channel in closing.without_answer_channels
    )


def judge_answer(solved: Solved, reopening: ReopeningRules, reopen_count: int) -> Answer:
    """Not solved: the first time the case reopens by itself, then a dispatcher decides (T32)."""
    if solved is not Solved.NO:
        return Answer.CLOSE
    if reopen_count < reopening.automatic_times:
        return Answer.REOPEN
    return Answer.DISPATCHER_DECIDES
