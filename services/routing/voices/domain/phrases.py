"""The words that two complaints share, for a dispatcher to see why they were proposed."""

from __future__ import annotations

from difflib import SequenceMatcher

from services.routing.voices.domain.wording import GAP, segments_of
from shared.rulebook.sections.duplicates import Duplicates

SHORTEST = 2
SHOWN = 8


def shared_phrases(one: str, other: str, rules: Duplicates) -> list[str]:
    """The longest first, without what every letter says."""
    ones, others = GAP.join(segments_of(one, rules)), GAP.join(segments_of(other, rules))
    blocks = SequenceMatcher(None, ones, others, autojunk=False).get_matching_blocks()
    shared = {
        part
        for block in blocks
        for part in ones[block.a : block.a + block.size].split(GAP)
        if len(part) >= SHORTEST
    }
    return sorted(shared, key=lambda part: (-len(part), part))[:SHOWN]
