"""The name that is known of a reporter, taken out of the words that everybody reads."""

from __future__ import annotations

import re

SOMEBODY = "某某"
GAPS = re.compile(r"[\s·•.]+")
SHORTEST, LONGEST = 2, 60  # characters; a single one is a word of the language


def without_name(text: str, name: str | None) -> str:
    """However it is spaced and written; names that nobody told us are not recognised."""
    letters = GAPS.sub("", name or "")
    if not SHORTEST <= len(letters) <= LONGEST:
        return text
    spaced = r"[\s·•.]*".join(map(re.escape, letters))
    return re.sub(spaced, SOMEBODY, text, flags=re.IGNORECASE)
