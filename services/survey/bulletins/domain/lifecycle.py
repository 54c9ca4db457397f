"""The states of an edition, and the only way from one to the next (D10)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class EditionStatus(StrEnum):
    DRAFT = "DRAFT"  # 草稿: words may change, figures may be computed anew
    APPROVED = "APPROVED"  # 已审签: stands as it was read by a second person
    PUBLISHED = "PUBLISHED"  # 已发布: stays as it is for good
    WITHDRAWN = "WITHDRAWN"  # 已撤回: never was public


class EditionAction(StrEnum):
    EDIT = "EDIT"
    APPROVE = "APPROVE"
    RETURN = "RETURN"  # back to those who draft, with a reason
    PUBLISH = "PUBLISH"
    WITHDRAW = "WITHDRAW"


TRANSITIONS: Mapping[EditionStatus, Mapping[EditionAction, EditionStatus]] = {
    EditionStatus.DRAFT: {
        EditionAction.EDIT: EditionStatus.DRAFT,
        EditionAction.APPROVE: EditionStatus.APPROVED,
        EditionAction.WITHDRAW: EditionStatus.WITHDRAWN,
    },
    EditionStatus.APPROVED: {
        EditionAction.RETURN: EditionStatus.DRAFT,
        EditionAction.PUBLISH: EditionStatus.PUBLISHED,
        EditionAction.WITHDRAW: EditionStatus.WITHDRAWN,
    },
    EditionStatus.PUBLISHED: {},
    EditionStatus.WITHDRAWN: {},
}

UNDER_WAY = frozenset({EditionStatus.DRAFT, EditionStatus.APPROVED})


class EditionNotInState(Conflict):
    """In its present state this cannot be done to the edition."""

    code = "EDITION_STATE_FORBIDS"
    chinese = "该期通报（报告）的当前状态不允许此操作。"


class EditionChanged(Conflict):
    """The draft is no longer the one that you read; read it again."""

    code = "EDITION_CHANGED"
    chinese = "稿件在您审阅后已被修改，请重新审阅。"


def refuse_changed(version: int, version_read: int) -> None:
    """Raises EditionChanged."""
    if version != version_read:
        raise EditionChanged(version=version)


def advance(state: EditionStatus, action: EditionAction) -> EditionStatus:
    """Raises EditionNotInState."""
    following = TRANSITIONS[EditionStatus(state)].get(action)
    if following is None:
        raise EditionNotInState(state=str(state), action=str(action))
    return following
