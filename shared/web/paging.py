"""Keyset paging with opaque cursors: stable under inserts, and as fast on the last page."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request
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
    """`of` is the list's address, which its cursors name: those of another list are refused."""

    limit: int
    after: tuple[Any, ...] | None
    of: str = ""

    def cut(
        self, rows: Sequence[T], key: Callable[[T], tuple[Any, ...]]
    ) -> tuple[Sequence[T], str | None]:
        """From `limit + 1` rows: the page, and the cursor of the next one if there is one."""
        page = rows[: self.limit]
        if len(rows) <= self.limit:
            return page, None
        return page, self.cursor(key(page[-1]))

    def cursor(self, key: tuple[Any, ...]) -> str:
        """Leads on behind the row of that key, in this list alone."""
        return encode((self.of, *key))


async def page_request(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> PageRequest:
    """Raises CursorInvalid."""
    address = request.url.path
    return PageRequest(limit, decode(cursor, address) if cursor else None, address)


Paging = Annotated[PageRequest, Depends(page_request)]


def encode(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode()


def decode(cursor: str, address: str) -> tuple[Any, ...]:
    """The key of the last row. Raises CursorInvalid."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except ValueError:
        raise CursorInvalid from None
    if not isinstance(key, list) or not all(isinstance(part, str | int) for part in key):
        raise CursorInvalid
    if key[:1] != [address]:
        raise CursorInvalid
    return tuple(key[1:])


def cursor_key(after: tuple[Any, ...], *kinds: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The key of the last row, each part as its kind. Raises CursorInvalid for another list's."""
    if len(after) != len(kinds):
        raise CursorInvalid
    try:
        refuse_unstorable(list(after))
        return tuple(kind(part) for kind, part in zip(kinds, after, strict=True))
    except (ValueError, TypeError, AttributeError, PydanticCustomError):
        raise CursorInvalid from None
