"""Words as others may see them: without numbers and rooms, or not at all (X15, X16)."""

from __future__ import annotations

import re

from shared.privacy import mask_text

HIDDEN = "（已保密）"
MOST_CHARACTERS = 2_000
ROOM = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十百]+\s*(?:号楼|栋|幢|座|单元|室|户|房)"
    r"|(?<![0-9])[0-9]+-[0-9]+-[0-9]+(?![0-9])"
)


def masked_words(text: str, *, hidden: bool) -> str:
    """Of who is hidden nothing is shown: people are known by what they tell."""
    if hidden:
        return HIDDEN
    return ROOM.sub("**", mask_text(text))[:MOST_CHARACTERS]
