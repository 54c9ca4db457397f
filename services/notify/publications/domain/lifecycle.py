"""The states of a notice. What was published is never changed: a correction is a new edition."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class NoticeState(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"  # a later edition took its place
    WITHDRAWN = "WITHDRAWN"


class NoticeAction(StrEnum):
    CHANGE = "CHANGE"
    PUBLISH = "PUBLISH"
    POST = "POST"
    SUPERSEDE = "SUPERSEDE"
    WITHDRAW = "WITHDRAW"


TRANSITIONS: Mapping[NoticeState, Mapping[NoticeAction, NoticeState]] = {
    NoticeState.DRAFT: {
        NoticeAction.CHANGE: NoticeState.DRAFT,
        NoticeAction.PUBLISH: NoticeState.PUBLISHED,
        NoticeAction.WITHDRAW: NoticeState.WITHDRAWN,
    },
    NoticeState.PUBLISHED: {
        NoticeAction.POST: NoticeState.PUBLISHED,
        NoticeAction.SUPERSEDE: NoticeState.SUPERSEDED,
        NoticeAction.WITHDRAW: NoticeState.WITHDRAWN,
    },
    NoticeState.SUPERSEDED: {},
    NoticeState.WITHDRAWN: {},
}


class NoticeSettled(Conflict):
    """In its state this cannot be done to the notice; one that is published never changes."""

    code = "NOTICE_SETTLED"
    chinese = "公示当前状态不允许此操作；已发布的公示不可修改，请发布更正版本或撤回。"


def advance(state: NoticeState, action: NoticeAction) -> NoticeState:
    """Raises NoticeSettled."""
    following = TRANSITIONS[state].get(action)
    if following is None:
        raise NoticeSettled
    return following
