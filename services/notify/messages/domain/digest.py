"""When staff who have much to do are told of it in one message instead of many (N04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.notify.messages.domain.notice import Template
from services.notify.messages.domain.words import at
from shared.rulebook.sections.notices import Digesting

DIGEST = "DIGEST"
TITLE = "待办摘要"


class Way(StrEnum):
    SINGLY = "SINGLY"
    TOGETHER = "TOGETHER"
    LATER = "LATER"


@dataclass(frozen=True)
class Decision:
    """How a person's waiting tasks are told; `until` says how much later."""

    way: Way
    until: datetime | None = None


def decide(
    waiting: int, lately: Sequence[datetime], rule: Digesting, now: datetime, *, chosen: bool
) -> Decision:
    """`lately` are the moments, oldest first, at which the person was told of tasks within the
    window; `chosen` that the person wants them together, at moments of their own.

    Nobody gets more than `above` of them singly within any window, and none waits longer than one.
    """
    if waiting > (1 if chosen else rule.above):
        return Decision(Way.TOGETHER)
    if not chosen and waiting + len(lately) > rule.above:
        return Decision(Way.LATER, max(lately[0] + rule.within, now))
    return Decision(Way.SINGLY)


def said(count: int, now: datetime) -> dict[str, Any]:
    """The title, the text and the card of a digest of `count` tasks."""
    body = f"您有{count}件待办，请打开消息逐条查看。"
    matter = f"您有{count}件待办"
    card = {"number": str(count), "matter": matter, "phrase": TITLE, "time": at(now)}
    return {
        "notification": DIGEST,
        "template": Template.TASK,
        "title": TITLE,
        "body": body,
        "card": card | {"note": TITLE},
    }
