"""The states of a survey, and the only way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class SurveyStatus(StrEnum):
    DRAFT = "DRAFT"  # 拟定
    OPEN = "OPEN"  # 测评中: households and questionnaire are fixed
    CLOSED = "CLOSED"  # 已统计: valid, the score is fixed, not yet public
    PUBLISHED = "PUBLISHED"  # 已公开
    INVALID = "INVALID"  # 无效: counts for nothing


class SurveyAction(StrEnum):
    OPEN = "OPEN"
    CLOSE = "CLOSE"
    CLOSE_INVALID = "CLOSE_INVALID"  # counted, and found not to hold (E03)
    PUBLISH = "PUBLISH"
    VOID = "VOID"  # a person ends it, with a reason


class Invalidity(StrEnum):
    """Why a survey counts for nothing."""

    COVERAGE = "COVERAGE"  # E03
    FEW_ANSWERS = "FEW_ANSWERS"  # so few that a figure could lead to a household
    COMPANY_CHANGED = "COMPANY_CHANGED"  # between opening and last day (X40)
    VOIDED = "VOIDED"


TRANSITIONS: Mapping[SurveyStatus, Mapping[SurveyAction, SurveyStatus]] = {
    SurveyStatus.DRAFT: {
        SurveyAction.OPEN: SurveyStatus.OPEN,
        SurveyAction.VOID: SurveyStatus.INVALID,
    },
    SurveyStatus.OPEN: {
        SurveyAction.CLOSE: SurveyStatus.CLOSED,
        SurveyAction.CLOSE_INVALID: SurveyStatus.INVALID,
        SurveyAction.VOID: SurveyStatus.INVALID,
    },
    SurveyStatus.CLOSED: {
        SurveyAction.PUBLISH: SurveyStatus.PUBLISHED,
        SurveyAction.VOID: SurveyStatus.INVALID,
    },
    SurveyStatus.PUBLISHED: {},
    SurveyStatus.INVALID: {},
}

COUNTED = frozenset({SurveyStatus.CLOSED, SurveyStatus.PUBLISHED})


class SurveyNotInState(Conflict):
    """In its present state this cannot be done to the survey."""

    code = "SURVEY_STATE_FORBIDS"
    chinese = "测评的当前状态不允许此操作。"


class SurveyNotOpen(Conflict):
    """This survey takes no answers now."""

    code = "SURVEY_NOT_OPEN"
    chinese = "本次测评尚未开始或已经结束，不能再作答。"


def advance(state: SurveyStatus, action: SurveyAction) -> SurveyStatus:
    """Raises SurveyNotInState."""
    following = TRANSITIONS[SurveyStatus(state)].get(action)
    if following is None:
        raise SurveyNotInState(state=str(state), action=str(action))
    return following


def refuse_unless_open(state: SurveyStatus) -> None:
    """Raises SurveyNotOpen."""
    if state != SurveyStatus.OPEN:
        raise SurveyNotOpen(state=str(state))
