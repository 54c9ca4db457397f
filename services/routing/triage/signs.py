"""The signs the learned weights know: short runs of Chinese characters, and how much each counts.

The measure is the usual one (tf-idf): a sign counts more when it is repeated, logarithmically, and
when it is rare among letters; all signs of a part together have length 1, so that a long letter
says no more than a usual one. What is shorter than `SHORTEST` has less: from a few characters
nothing was learned, the words of the rulebook decide. Time grows linearly with the text, of which
a limited part is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from math import log, sqrt

LONGEST_READ = 1500  # characters: nearly all letters are shorter

SHORTEST = {"title": 10.0, "text": 30.0}

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def signs_in(text: str, longest: int, known: Container[str] | None = None) -> Counter[str]:
    """Every run of one to `longest` characters, counted; only `known` ones, if that is given."""
    return Counter(
        sign
        for run in _CHINESE.findall(text[:LONGEST_READ])
        for length in range(1, longest + 1)
        for sign in _runs(run, length)
        if known is None or sign in known
    )


def measured(
    counts: Mapping[str, int], rarity: Mapping[str, float], shortest: float
) -> dict[str, float]:
    """Signs with what they count; `rarity` has one for each of them."""
    raw = {sign: (1 + log(count)) * rarity[sign] for sign, count in counts.items()}
    length = max(shortest, sqrt(sum(value * value for value in raw.values())))
    return {sign: value / length for sign, value in raw.items()}


def _runs(run: str, length: int) -> Iterable[str]:
    return (run[at : at + length] for at in range(len(run) - length + 1))
