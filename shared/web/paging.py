"""Keyset paging with opaque cursors: stable under inserts, and as fast on the last page."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from shared.errors import Invalid
from shared.web.body import refuse_unstorable

T = TypeVar("T")

MOST = 100
USUAL = 20


class CursorInvalid(Invalid):
    """The cursor was not given out by this list."""

    code = "CURSOR_INVALID"
    chinese = "分页游标无效。"


class Page(BaseModel, Generic[T]):
    """`next` is absent on the last page."""

    items: list[T]
    next: str | None = None


@dataclass(frozen=True)
class PageRequest:
    limit: int
    after: tuple[Any, ...] | None

    def cut(
        self, rows: Sequence[T], key: Callable[[T], tuple[Any, ...]]
    ) -> tuple[Sequence[T], str | None]:
        """From `limit + 1` rows: the page, and the cursor of the next one if there is one."""
        page = rows[: self.limit]
        if len(rows) <= self.limit:
            return page, None
        return page, encode(key(page[-1]))


async def page_request(
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> PageRequest:
    return PageRequest(limit, decode(cursor) if cursor else None)


Paging = Annotated[PageRequest, Depends(page_request)]


def encode(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode()


def decode(cursor: str) -> tuple[Any, ...]:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except ValueError:
        raise CursorInvalid from None
    if not isinstance(key, list) or not all(isinstance(part, str | int) for part in key):
        raise CursorInvalid
    return tuple(key)


def cursor_key(after: tuple[Any, ...], *kinds: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The key of the last row, each part as its kind. Raises CursorInvalid for another list's."""
    if len(after) != len(kinds):
        raise CursorInvalid
    try:
        refuse_unstorable(list(after))
        return tuple(kind(part) for kind, part in zip(kinds, after, strict=True))
    except (ValueError, TypeError, AttributeError, PydanticCustomError):
        raise CursorInvalid from None
