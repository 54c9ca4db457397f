"""Reading back the key of the last row from a page's cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import PydanticCustomError

from shared.web.body import refuse_unstorable
from shared.web.paging import CursorInvalid


def cursor_key(after: tuple[Any, ...], *kinds: Callable[[Any], Any]) -> tuple[Any, ...]:
    """Each part as its kind. Raises CursorInvalid for the cursor of another list."""
    if len(after) != len(kinds):
        raise CursorInvalid
    try:
        refuse_unstorable(list(after))
        return tuple(kind(part) for kind, part in zip(kinds, after, strict=True))
    except (ValueError, TypeError, AttributeError, PydanticCustomError):
        raise CursorInvalid from None
