"""限期整改: a talk was held, a company mends something by a date (E07, U28, CK-16)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict, NotFound


class Stage(StrEnum):
    OPEN = "OPEN"
    PROVEN = "PROVEN"
    ACCEPTED = "ACCEPTED"


class Step(StrEnum):
    FILE_PROOF = "FILE_PROOF"
    REJECT = "REJECT"
    ACCEPT = "ACCEPT"
    EXTEND = "EXTEND"


class Cause(StrEnum):
    """What the talk was about."""

    LOW_SCORE = "LOW_SCORE"  # E07
    POOR_GRADE = "POOR_GRADE"  # E26
    REOPENED_CASES = "REOPENED_CASES"  # lifecycle 3.6
    INSPECTION = "INSPECTION"  # C09
    OTHER = "OTHER"


STEPS: Mapping[tuple[Stage, Step], Stage] = {
    (Stage.OPEN, Step.FILE_PROOF): Stage.PROVEN,
    (Stage.OPEN, Step.EXTEND): Stage.OPEN,
    (Stage.PROVEN, Step.REJECT): Stage.OPEN,
    (Stage.PROVEN, Step.ACCEPT): Stage.ACCEPTED,
}


class RectificationNotFound(NotFound):
    """There is no such rectification, or you may not see it."""

    code = "RECTIFICATION_NOT_FOUND"
    chinese = "没有这项整改，或您无权查看。"


class TalkPromptNotFound(NotFound):
    """There is no such prompt, or you may not see it."""

    code = "TALK_PROMPT_NOT_FOUND"
    chinese = "没有这项约谈提示，或您无权查看。"


class TalkPromptAnswered(Conflict):
    """A talk was held upon this prompt, and a rectification ordered."""

    code = "TALK_PROMPT_ANSWERED"
    chinese = "该约谈提示已登记约谈和限期整改。"


class StepNotPossible(Conflict):
    """In its present stage this cannot be done to the rectification."""

    code = "STEP_NOT_POSSIBLE"
    chinese = "整改当前阶段不允许此操作。"


class ExtendedAlready(Conflict):
    """A rectification is extended once."""

    code = "EXTENDED_ALREADY"
    chinese = "整改期限只能延长一次。"


class TooLateToExtend(Conflict):
    """An extension is decided before the date, not after it."""

    code = "TOO_LATE_TO_EXTEND"
    chinese = "整改期限已届满，不能延长。"


class TalkNotHeldYet(Conflict):
    """Rectification is ordered in a talk that has been held."""

    code = "TALK_NOT_HELD_YET"
    chinese = "约谈尚未进行，不能登记限期整改。"


def after(stage: str, step: Step) -> Stage:
    """Raises StepNotPossible."""
    try:
        return STEPS[Stage(stage), step]
    except KeyError:
        raise StepNotPossible(stage=stage, step=step) from None


def refuse_extension(*, extended: bool, breached: bool) -> None:
    """Raises ExtendedAlready or TooLateToExtend."""
    if extended:
        raise ExtendedAlready
    if breached:
        raise TooLateToExtend
