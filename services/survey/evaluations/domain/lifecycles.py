"""The states of a run and of a community's assessment, and the only ways from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import overload

from shared.errors import Conflict


class RunStatus(StrEnum):
    DRAFT = "DRAFT"  # 拟定: data collected and frozen
    APPROVED = "APPROVED"  # 已核准, by another person
    PUBLISHED = "PUBLISHED"  # 已公布
    DISCARDED = "DISCARDED"  # 已作废: was never public


class RunAction(StrEnum):
    APPROVE = "APPROVE"
    PUBLISH = "PUBLISH"
    DISCARD = "DISCARD"


class AssessmentStatus(StrEnum):
    ENTERED = "ENTERED"  # 待街道确认
    CONFIRMED = "CONFIRMED"  # 已确认: counts
    RETURNED = "RETURNED"  # 已退回: counts for nothing, may be entered anew
    VOIDED = "VOIDED"  # 已撤销, after it was confirmed


class AssessmentAction(StrEnum):
    CONFIRM = "CONFIRM"
    RETURN = "RETURN"
    VOID = "VOID"


RUNS: Mapping[RunStatus, Mapping[RunAction, RunStatus]] = {
    RunStatus.DRAFT: {
        RunAction.APPROVE: RunStatus.APPROVED,
        RunAction.DISCARD: RunStatus.DISCARDED,
    },
    RunStatus.APPROVED: {
        RunAction.PUBLISH: RunStatus.PUBLISHED,
        RunAction.DISCARD: RunStatus.DISCARDED,
    },
    RunStatus.PUBLISHED: {},
    RunStatus.DISCARDED: {},
}
ASSESSMENTS: Mapping[AssessmentStatus, Mapping[AssessmentAction, AssessmentStatus]] = {
    AssessmentStatus.ENTERED: {
        AssessmentAction.CONFIRM: AssessmentStatus.CONFIRMED,
        AssessmentAction.RETURN: AssessmentStatus.RETURNED,
    },
    AssessmentStatus.CONFIRMED: {AssessmentAction.VOID: AssessmentStatus.VOIDED},
    AssessmentStatus.RETURNED: {},
    AssessmentStatus.VOIDED: {},
}
STANDING = frozenset({AssessmentStatus.ENTERED, AssessmentStatus.CONFIRMED})


class RunNotInState(Conflict):
    """In its present state this cannot be done to the run."""

    code = "EVALUATION_RUN_STATE_FORBIDS"
    chinese = "该批次综合评价的当前状态不允许此操作。"


class AssessmentNotInState(Conflict):
    """In its present state this cannot be done to the assessment."""

    code = "ASSESSMENT_STATE_FORBIDS"
    chinese = "该社区评价的当前状态不允许此操作。"


@overload
def advance(state: RunStatus, action: RunAction) -> RunStatus: ...
@overload
def advance(state: AssessmentStatus, action: AssessmentAction) -> AssessmentStatus: ...
def advance(
    state: RunStatus | AssessmentStatus, action: RunAction | AssessmentAction
) -> RunStatus | AssessmentStatus:
    """Raises RunNotInState or AssessmentNotInState."""
    if isinstance(action, RunAction):
        following = RUNS[RunStatus(state)].get(action)
        if following is None:
            raise RunNotInState(state=str(state), action=str(action))
        return following
    reached = ASSESSMENTS[AssessmentStatus(state)].get(action)
    if reached is None:
        raise AssessmentNotInState(state=str(state), action=str(action))
    return reached
