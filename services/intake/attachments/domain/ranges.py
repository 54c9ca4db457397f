"""Which bytes of a file are asked for: players jump about in sound and film (RFC 9110, 14)."""

from __future__ import annotations

import re

from shared.errors import Invalid

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class RangeNotThere(Invalid):
    """The file has no such bytes."""

    code = "RANGE_NOT_SATISFIABLE"
    chinese = "请求的范围超出文件大小。"


def wanted_range(header: str | None, size: int) -> tuple[int, int] | None:
    """From where to before where; None for the whole. What is not understood asks for the whole.

    Raises RangeNotThere.
    """
    found = ONE_RANGE.fullmatch(header.strip()) if header else None
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(int(found[2] or size - 1) + 1, size)
    if found[1] and found[2] and int(found[2]) < start:
        return None
    if start >= size or start >= end:
        raise RangeNotThere(bytes=size)
    return start, end
