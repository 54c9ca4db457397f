"""What a case must carry before it ends, and what the owner's answer means (B01, T31, T32)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from shared.contracts.vocabulary import Solved
from shared.errors import Conflict
from shared.rulebook.sections.handling import Closing, Reopening


class FeedbackRequired(Conflict):
    """A case is closed only after a result was fed back."""

    code = "FEEDBACK_REQUIRED"
    chinese = "尚未反馈处理结果，不能办结。"


class Answer(StrEnum):
    """What follows from the owner's answer."""

    CLOSE = "CLOSE"
    REOPEN = "REOPEN"
    DISPATCHER_DECIDES = "DISPATCHER_DECIDES"


def refuse_unfinished(
    closing: Closing, feedback_at: datetime | None, result_code: str | None
) -> None:
    """Raises FeedbackRequired (B01, invariant 1)."""
    if closing.feedback_required and (feedback_at is None or result_code is None):
        raise FeedbackRequired


def judge_answer(solved: Solved, reopening: Reopening, reopen_count: int) -> Answer:
    """Not solved: the first time the case reopens by itself, then a dispatcher decides (T32)."""
    if solved is not Solved.NO:
        return Answer.CLOSE
    if reopen_count < reopening.automatic_times:
        return Answer.REOPEN
    return Answer.DISPATCHER_DECIDES
