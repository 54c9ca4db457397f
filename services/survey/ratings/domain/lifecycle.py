"""The states of a rating, of either kind, and the only way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class RatingStatus(StrEnum):
    DRAFT = "DRAFT"  # 拟定: the panel is being assembled
    OPEN = "OPEN"  # 评议中: form and panel are fixed
    CLOSED = "CLOSED"  # 已统计: the score is fixed, not yet public
    PUBLISHED = "PUBLISHED"  # 已公开
    INVALID = "INVALID"  # 无效: counts for nothing


class RatingAction(StrEnum):
    OPEN = "OPEN"
    CLOSE = "CLOSE"
    CLOSE_INVALID = "CLOSE_INVALID"  # counted, and found not to hold
    PUBLISH = "PUBLISH"
    VOID = "VOID"  # a person ends it, with a reason


class Invalidity(StrEnum):
    """Why a rating counts for nothing."""

    FEW_RATERS = "FEW_RATERS"  # so few that a figure could lead to one of them
    PART_MISSING = "PART_MISSING"  # nobody of one of the four parts gave marks (E13)
    COMPANY_CHANGED = "COMPANY_CHANGED"  # between opening and last day (X40)
    VOIDED = "VOIDED"


TRANSITIONS: Mapping[RatingStatus, Mapping[RatingAction, RatingStatus]] = {
    RatingStatus.DRAFT: {
        RatingAction.OPEN: RatingStatus.OPEN,
        RatingAction.VOID: RatingStatus.INVALID,
    },
    RatingStatus.OPEN: {
        RatingAction.CLOSE: RatingStatus.CLOSED,
        RatingAction.CLOSE_INVALID: RatingStatus.INVALID,
        RatingAction.VOID: RatingStatus.INVALID,
    },
    RatingStatus.CLOSED: {
        RatingAction.PUBLISH: RatingStatus.PUBLISHED,
        RatingAction.VOID: RatingStatus.INVALID,
    },
    RatingStatus.PUBLISHED: {},
    RatingStatus.INVALID: {},
}

COUNTED = frozenset({RatingStatus.CLOSED, RatingStatus.PUBLISHED})


class RatingNotInState(Conflict):
    """In its present state this cannot be done to the rating."""

    code = "RATING_STATE_FORBIDS"
    chinese = "评议的当前状态不允许此操作。"


class RatingNotOpen(Conflict):
    """This rating takes no marks now."""

    code = "RATING_NOT_OPEN"
    chinese = "本次评议尚未开始或已经结束，不能再评分。"


def advance(state: RatingStatus, action: RatingAction) -> RatingStatus:
    """Raises RatingNotInState."""
    following = TRANSITIONS[RatingStatus(state)].get(action)
    if following is None:
        raise RatingNotInState(state=str(state), action=str(action))
    return following


def refuse_unless_open(state: RatingStatus) -> None:
    """Raises RatingNotOpen."""
    if state != RatingStatus.OPEN:
        raise RatingNotOpen(state=str(state))


def refuse_unless_draft(state: RatingStatus) -> None:
    """Raises RatingNotInState: the panel stays as it was when it began."""
    if state != RatingStatus.DRAFT:
        raise RatingNotInState(state=str(state))
