"""What WeChat can check (wechat.md 5)."""

from __future__ import annotations

from services.intake.attachments.domain.lifecycle import AttachmentKind
from services.intake.complaints.domain.doors import DoorKind

LARGEST = 10 * 1024 * 1024  # bytes
CHECKABLE = frozenset({AttachmentKind.IMAGE, AttachmentKind.AUDIO})


def is_checkable(kind: str, size: int | None) -> bool:
    return kind in CHECKABLE and size is not None and size <= LARGEST


def is_written_in_wechat(door: str) -> bool:
    """Elsewhere somebody else typed it, also where a number links it to an owner's account."""
    return door == DoorKind.MINI_PROGRAM
