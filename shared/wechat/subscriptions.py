"""What WeChat tells of subscriptions: prompts, settings, messages that arrived (wechat.md 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.wechat.push import items

POPUP = "subscribe_msg_popup_event"
CHANGE = "subscribe_msg_change_event"
SENT = "subscribe_msg_sent_event"
EVENTS = frozenset({POPUP, CHANGE, SENT})


@dataclass(frozen=True)
class SubscriptionWord:
    """One entry of an event. `status` is accept, reject or ban; of a message that was sent it is
    success or why not, with the vendor's `code` and its number of the message, `reference`.
    """

    event: str
    template_id: str
    status: str
    code: str | None = None
    reference: str | None = None

    @property
    def has_arrived(self) -> bool:
        return self.code in {None, "0"} and self.status in {"", "success"}


def subscription_words(message: Mapping[str, Any]) -> list[SubscriptionWord]:
    """What an event of `EVENTS` says; nothing for any other. Numbers may be written as text."""
    event = str(message.get("Event", ""))
    if event not in EVENTS:
        return []
    words = (_word(event, item) for item in items(message))
    return [word for word in words if word.template_id]


def _word(event: str, item: Mapping[str, Any]) -> SubscriptionWord:
    template_id = _text(item.get("TemplateId")) or ""
    if event != SENT:
        status = _text(item.get("SubscribeStatusString")) or ""
        return SubscriptionWord(event, template_id, status)
    return SubscriptionWord(
        event,
        template_id,
        status=_text(item.get("ErrorStatus")) or "",
        code=_text(item.get("ErrorCode")),
        reference=_text(item.get("MsgID")),
    )


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and str(value) else None
