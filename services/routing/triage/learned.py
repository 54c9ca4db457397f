"""What the learned weights say: a sum of rows, each of which can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from services.routing.triage.proposal import Evidence
from services.routing.triage.reading import Reading
from services.routing.triage.signs import SHORTEST, measured, signs_in
from shared.rulebook import Grade
from shared.rulebook.weights import HUNDREDTH, Row, Rows, Weights

TOLD = 5  # signs shown to a dispatcher
WORTH_TELLING = 0.05


class Part(NamedTuple):
    """One row that counted: `amount` times its numbers. Words of the rulebook tell themselves."""

    name: str
    sign: str
    amount: float
    row: Row

    def says(self, place: int) -> float:
        return self.amount * self.row[place]


@dataclass(frozen=True)
class Learned:
    """Scores by category and by grade, and the parts they are made of."""

    weights: Weights
    totals: tuple[float, ...]
    parts: tuple[Part, ...]

    @property
    def categories(self) -> dict[str, float]:
        return dict(zip(self.weights.categories, self.totals, strict=False))

    @property
    def grades(self) -> dict[str, float]:
        after = len(self.weights.categories)
        return dict(zip(self.weights.grades, self.totals[after:], strict=True))

    def category_evidence(self, category: str) -> list[Evidence]:
        if category not in self.weights.categories:
            return []
        return self._evidence("model", self.weights.categories.index(category))

    def grade_evidence(self, grade: Grade) -> list[Evidence]:
        place = len(self.weights.categories) + self.weights.grades.index(grade)
        return self._evidence("model.grade", place)

    def _evidence(self, rule: str, place: int) -> list[Evidence]:
        """The heaviest signs that speak for it."""
        told = [part for part in self.parts if part.says(place) >= WORTH_TELLING]
        told.sort(key=lambda part: (-part.says(place), part.name, part.sign))
        return [
            Evidence(f"{rule}.{part.name}", (part.sign,), round(part.says(place), 3))
            for part in told[:TOLD]
        ]


def learned(weights: Weights, reading: Reading, words: Mapping[str, float]) -> Learned:
    """`words` are the scores of the rulebook's own words, which have learned weights as well."""
    parts = [
        *_signs("title", weights.title, reading.title, weights.longest),
        *_signs("text", weights.text, reading.text, weights.longest),
    ]
    trust = [
        Part("words", category, score * HUNDREDTH, weights.rules[category])
        for category, score in words.items()
        if category in weights.rules
    ]
    rows = [Part("bias", "", HUNDREDTH, weights.bias), *parts, *trust]
    amounts = [part.amount for part in rows]
    columns = zip(*(part.row for part in rows), strict=True)
    totals = tuple(sum(map(mul, amounts, column)) for column in columns)
    return Learned(weights, totals, tuple(parts))


def _signs(name: str, rows: Rows, text: str, longest: int) -> Iterator[Part]:
    counts = signs_in(text, longest, rows)
    rarity = {sign: rows[sign][0] * HUNDREDTH for sign in counts}
    for sign, amount in measured(counts, rarity, SHORTEST[name]).items():
        yield Part(name, sign, amount * HUNDREDTH, rows[sign][1:])
