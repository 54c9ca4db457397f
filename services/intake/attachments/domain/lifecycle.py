"""The life of an uploaded file; what nobody attaches is cleared away."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class AttachmentKind(StrEnum):
    IMAGE = "IMAGE"
    AUDIO = "AUDIO"
    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"


class AttachmentState(StrEnum):
    UPLOADING = "UPLOADING"
    READY = "READY"
    REFUSED = "REFUSED"


class AttachmentAction(StrEnum):
    FINISH = "FINISH"
    REFUSE = "REFUSE"


TRANSITIONS: Mapping[AttachmentState, Mapping[AttachmentAction, AttachmentState]] = {
    AttachmentState.UPLOADING: {
        AttachmentAction.FINISH: AttachmentState.READY,
        AttachmentAction.REFUSE: AttachmentState.REFUSED,
    },
    AttachmentState.READY: {},
    AttachmentState.REFUSED: {},
}

FIRST = AttachmentState.UPLOADING


class AttachmentForbids(Conflict):
    """The file's present state does not allow this."""

    code = "ATTACHMENT_STATE_FORBIDS"
    chinese = "文件的当前状态不允许此操作。"


def advance(state: AttachmentState, action: AttachmentAction) -> AttachmentState:
    """Raises AttachmentForbids."""
    try:
        return TRANSITIONS[state][action]
    except KeyError:
        raise AttachmentForbids(state=state, action=action) from None
