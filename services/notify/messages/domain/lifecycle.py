"""The states of a message, and the only way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class MessageStatus(StrEnum):
    WAITING = "WAITING"  # some listed channel is still to be tried
    DELIVERED = "DELIVERED"  # a listed channel took it
    EXHAUSTED = "EXHAUSTED"  # none did; it stands in the inbox only
    GATHERED = "GATHERED"  # it stands in the inbox, and was told with others in one message


class MessageAction(StrEnum):
    GO_ON = "GO_ON"  # another attempt, now or later, here or by the next channel
    DELIVER = "DELIVER"
    EXHAUST = "EXHAUST"
    GATHER = "GATHER"
    MISS = "MISS"  # a receipt says that it never arrived: the next channel


TRANSITIONS: Mapping[MessageStatus, Mapping[MessageAction, MessageStatus]] = {
    MessageStatus.WAITING: {
        MessageAction.GO_ON: MessageStatus.WAITING,
        MessageAction.DELIVER: MessageStatus.DELIVERED,
        MessageAction.EXHAUST: MessageStatus.EXHAUSTED,
        MessageAction.GATHER: MessageStatus.GATHERED,
    },
    MessageStatus.DELIVERED: {
        MessageAction.MISS: MessageStatus.WAITING,
        MessageAction.EXHAUST: MessageStatus.EXHAUSTED,
    },
    MessageStatus.EXHAUSTED: {},
    MessageStatus.GATHERED: {},
}


class MessageSettled(Conflict):
    """This message needs no further attempt."""

    code = "MESSAGE_SETTLED"
    chinese = "该消息已处理完毕。"


def advance(state: MessageStatus, action: MessageAction) -> MessageStatus:
    """Raises MessageSettled."""
    following = TRANSITIONS[state].get(action)
    if following is None:
        raise MessageSettled
    return following
