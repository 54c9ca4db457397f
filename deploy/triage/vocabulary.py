"""Which signs are worth learning, and letters as rows of numbers.

A sign is kept only when several unrelated letters have it, so that no sign leads to one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from sklearn.feature_extraction import DictVectorizer

from deploy.triage.letters import Letter
from deploy.triage.parameters import Parameters
from services.routing.triage.reading import Reading
from services.routing.triage.signs import SHORTEST, measured, signs_in
from services.routing.triage.words import category_evidence, word_scores
from shared.rulebook import Rulebook

PARTS = ("title", "text")


@dataclass(frozen=True)
class Read:
    """A letter as training sees it: counted signs, and the scores of the rulebook's words."""

    letter: Letter
    signs: Mapping[str, Counter[str]]
    words: Mapping[str, float]


def read(rulebook: Rulebook, letters: Sequence[Letter], longest: int) -> list[Read]:
    return [_read(rulebook, letter, longest) for letter in letters]


def rarities(reads: Sequence[Read], parameters: Parameters) -> dict[str, dict[str, float]]:
    """By part, the signs that enough unrelated letters have, with how rare they are."""
    return {
        part: _rarities(reads, part, least)
        for part, least in zip(
            PARTS, (parameters.least_titles, parameters.least_texts), strict=True
        )
    }


@dataclass(frozen=True)
class Table:
    """Sparse rows of numbers; a column is (part, sign), or ("words", category)."""

    rows: Any
    columns: list[tuple[str, str]]


def table(
    reads: Sequence[Read], rarity: Mapping[str, Mapping[str, float]], parameters: Parameters
) -> Table:
    scale = {"title": parameters.title_scale, "text": 1.0, "words": parameters.words_scale}
    rows = [
        {
            f"{part} {sign}": value * scale[part]
            for part, values in _values(each, rarity).items()
            for sign, value in values.items()
        }
        for each in reads
    ]
    vectorizer = DictVectorizer()
    numbers = vectorizer.fit_transform(rows)
    names = [name.split(" ") for name in vectorizer.feature_names_]
    return Table(numbers, [(part, sign) for part, sign in names])


def _values(
    each: Read, rarity: Mapping[str, Mapping[str, float]]
) -> Mapping[str, Mapping[str, float]]:
    values = {}
    for part in PARTS:
        known = rarity[part]
        counts = {sign: count for sign, count in each.signs[part].items() if sign in known}
        values[part] = measured(counts, known, SHORTEST[part])
    return {**values, "words": each.words}


def _read(rulebook: Rulebook, letter: Letter, longest: int) -> Read:
    reading = Reading.of(rulebook.triage, letter.title, letter.text)
    signs = {"title": signs_in(reading.title, longest), "text": signs_in(reading.text, longest)}
    return Read(letter, signs, word_scores(category_evidence(rulebook.triage, reading)))


def _rarities(reads: Sequence[Read], part: str, least: int) -> dict[str, float]:
    groups = {(each.letter.group, sign) for each in reads for sign in each.signs[part]}
    having = Counter(sign for _, sign in groups)
    unrelated = len({each.letter.group for each in reads})
    return {
        sign: round(log((1 + unrelated) / (1 + number)) + 1, 2)
        for sign, number in having.items()
        if number >= least
    }
