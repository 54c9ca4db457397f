"""Noting that somebody has read a message."""

from __future__ import annotations

from services.notify.deed import Deed
from services.notify.messages.tables import Message


def read(deed: Deed, message: Message) -> Message:
    """The first reading counts."""
    if message.read_at is None:
        message.read_at = deed.at
    return message
