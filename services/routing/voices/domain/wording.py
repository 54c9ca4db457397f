"""A text as the set of its pairs of characters, without what every letter says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from shared.rulebook.sections.duplicates import Duplicates

GAP = "|"
SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Wording:
    """`subject` are the pairs of the title, `pairs` those of title and text together."""

    subject: frozenset[str]
    pairs: frozenset[str]


def wording_of(title: str, text: str, rules: Duplicates, places: Iterable[str] = ()) -> Wording:
    """Names of the place are left out too: that two complaints share it is judged by itself."""
    subject = frozenset(_pairs(segments_of(title, rules, places)))
    beginning = text[: rules.characters_at_most]
    return Wording(subject, subject | frozenset(_pairs(segments_of(beginning, rules, places))))


def plain(text: str) -> str:
    """The same letters for the same words: width, case and punctuation do not count."""
    return SEPARATORS.sub(GAP, unicodedata.normalize("NFKC", text).lower()).strip(GAP)


def segments_of(text: str, rules: Duplicates, places: Iterable[str] = ()) -> list[str]:
    """What is left between common phrases, names of the place and punctuation."""
    noise = _noise(frozenset((*rules.common_phrases, *places)))
    return noise.sub(GAP, plain(text)).split(GAP)


def _pairs(segments: Iterable[str]) -> Iterator[str]:
    for segment in segments:
        for place in range(len(segment) - 1):
            yield segment[place : place + 2]


@lru_cache(maxsize=256)
def _noise(phrases: frozenset[str]) -> re.Pattern[str]:
    """Longer phrases first: 业主委员会 is not cut at 业主. Without phrases nothing matches.

    Most characters begin no phrase, and are passed over at the first look.
    """
    parts = {part for phrase in phrases for part in plain(phrase).split(GAP)} - {""}
    ordered = sorted(parts, key=len, reverse=True)
    beginnings = "".join(sorted({part[0] for part in parts}))
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(f"(?=[{re.escape(beginnings)}])(?:{'|'.join(map(re.escape, ordered))})")
