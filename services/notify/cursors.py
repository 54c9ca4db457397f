"""Lists here are ordered by id, newest first; their cursors hold one id."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.web.paging import CursorInvalid


def id_of(cursor: tuple[Any, ...]) -> UUID:
    """Raises CursorInvalid."""
    try:
        (value,) = cursor
        return UUID(str(value))
    except ValueError:
        raise CursorInvalid from None
