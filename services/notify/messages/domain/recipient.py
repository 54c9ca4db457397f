"""A person or organisation who is told something, and the channels by which they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.notify.messages.domain.course import INBOX, PHONE_TASK, SMS, WECHAT


class RecipientKind(StrEnum):
    OWNER = "OWNER"
    STAFF = "STAFF"
    ORGANISATION = "ORGANISATION"  # nobody works there yet: whoever comes first will read it


@dataclass(frozen=True)
class Recipient:
    kind: RecipientKind
    id: UUID

    @property
    def may_rest(self) -> bool:
        """Whether the quiet hours are theirs (lifecycle 3.7)."""
        return self.kind is RecipientKind.OWNER


REACHED_BY: Mapping[RecipientKind, frozenset[str]] = {
    RecipientKind.OWNER: frozenset({INBOX, WECHAT, SMS, PHONE_TASK}),
    RecipientKind.STAFF: frozenset({INBOX, WECHAT, SMS}),
    RecipientKind.ORGANISATION: frozenset({INBOX}),
}


def channels_for(kind: RecipientKind, listed: Sequence[str]) -> tuple[str, ...]:
    """Of the listed channels those that reach such a recipient; the inbox when none does."""
    return tuple(channel for channel in listed if channel in REACHED_BY[kind]) or (INBOX,)
