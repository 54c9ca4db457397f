"""Which addresses take bodies of more than the usual size."""

from __future__ import annotations

import re
from collections.abc import Mapping

PARAMETER = re.compile(r"\{[a-z_]+\}")
ANY_SEGMENT = "[^/]+"


class Allowances:
    """`uploads` are addresses and bytes; `{name}` in an address stands for any one segment.

    An address without parameters is looked up; the others are one pattern, tried only then.
    """

    def __init__(self, uploads: Mapping[str, int], usual: int) -> None:
        self._usual = usual
        self._exact = {path: most for path, most in uploads.items() if "{" not in path}
        particular = [(path, most) for path, most in uploads.items() if "{" in path]
        self._sizes = [most for _, most in particular]
        self._pattern = re.compile("|".join(f"({_matching(path)})" for path, _ in particular))

    def of(self, path: str) -> int:
        """Bytes at most in the body of a request to `path`."""
        if path in self._exact:
            return self._exact[path]
        found = self._pattern.fullmatch(path) if self._sizes else None
        if found is None or found.lastindex is None:
            return self._usual
        return self._sizes[found.lastindex - 1]


def _matching(path: str) -> str:
    return ANY_SEGMENT.join(map(re.escape, PARAMETER.split(path)))
