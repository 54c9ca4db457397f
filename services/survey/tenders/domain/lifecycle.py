"""The states of a tender, and the only way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class TenderStatus(StrEnum):
    DRAFT = "DRAFT"  # 筹备: documents, panel and bidders are recorded
    SCORING = "SCORING"  # 评标: these are fixed, bids are scored
    PUBLISHED = "PUBLISHED"  # 已公示: the ranking is public
    VOID = "VOID"  # 终止: counts for nothing


class TenderAction(StrEnum):
    PREPARE = "PREPARE"  # documents, panel or bidders change
    OPEN = "OPEN"
    SCORE = "SCORE"
    VOTE = "VOTE"  # the owners have, on a bid (F03)
    PUBLISH = "PUBLISH"
    VOID = "VOID"  # a person ends it, with a reason


TRANSITIONS: Mapping[TenderStatus, Mapping[TenderAction, TenderStatus]] = {
    TenderStatus.DRAFT: {
        TenderAction.PREPARE: TenderStatus.DRAFT,
        TenderAction.OPEN: TenderStatus.SCORING,
        TenderAction.VOID: TenderStatus.VOID,
    },
    TenderStatus.SCORING: {
        TenderAction.SCORE: TenderStatus.SCORING,
        TenderAction.VOTE: TenderStatus.SCORING,
        TenderAction.PUBLISH: TenderStatus.PUBLISHED,
        TenderAction.VOID: TenderStatus.VOID,
    },
    TenderStatus.PUBLISHED: {},
    TenderStatus.VOID: {},
}


class TenderNotInState(Conflict):
    """In its present state this cannot be done to the tender."""

    code = "TENDER_STATE_FORBIDS"
    chinese = "招标项目的当前状态不允许此操作。"


def advance(state: TenderStatus, action: TenderAction) -> TenderStatus:
    """Raises TenderNotInState."""
    following = TRANSITIONS[TenderStatus(state)].get(action)
    if following is None:
        raise TenderNotInState(state=str(state), action=str(action))
    return following
