"""Weights from labelled letters: two logistic regressions over signs and words (scikit-learn)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from deploy.triage.letters import TooFewLetters
from deploy.triage.parameters import Parameters
from deploy.triage.vocabulary import PARTS, Read, Table, rarities, table
from shared.rulebook import Grade, Rulebook, Weights
from shared.rulebook.weights import HUNDREDTH

Numbers = NDArray[np.float64]
SMALLEST = 1e-9  # what is smaller is rounding
STEPS = 1000
FEW = 5  # letters of a category

Words = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Fitted:
    """What one regression learned: a row per class, a column per sign or word."""

    classes: list[str]
    weights: Numbers
    bias: Numbers


def train(
    rulebook: Rulebook, reads: Sequence[Read], parameters: Parameters, version: str
) -> Weights:
    """The same letters, rules and parameters always give the same weights."""
    rarity = rarities(reads, parameters)
    graded = _graded(rulebook)
    every = table(reads, rarity, parameters)
    kept = _weightiest(every, _fit_both(every, reads, graded, parameters), parameters.most_signs)
    rarity = {part: {sign: rarity[part][sign] for sign in kept[part]} for part in PARTS}
    final = table(reads, rarity, parameters)
    category, grade = _fit_both(final, reads, graded, parameters)
    rows = _rows(final, category, grade, parameters)
    words = _words(category.classes, rows["words"])
    trust = _trust(category.classes, words)
    letters = Counter(each.letter.category for each in reads)
    return Weights(
        version=version,
        longest=parameters.longest,
        categories=tuple(category.classes),
        grades=tuple(Grade),
        bias=_hundredths(np.concatenate([category.bias, grade.bias])),
        trust=trust,
        rules=_trusting(category.classes, words, letters, trust),
        title=_with_rarity(rows["title"], rarity["title"]),
        text=_with_rarity(rows["text"], rarity["text"]),
    )


def _graded(rulebook: Rulebook) -> list[str]:
    return sorted(code for code, category in rulebook.categories.items() if not category.police)


def _fit_both(
    rows: Table, reads: Sequence[Read], graded: Sequence[str], parameters: Parameters
) -> tuple[Fitted, Fitted]:
    """Categories from the letters that are no police matters, grades from all of them."""
    categories = np.array([each.letter.category for each in reads])
    grades = np.array([each.letter.grade.value for each in reads])
    space, back = _own_space(rows)
    usable = np.isin(categories, graded)
    category = _fit(space[usable], back, categories[usable], parameters.strength)
    grade = _fit(space, back, grades, parameters.grade_strength)
    return category, _in_order(grade)


def _own_space(rows: Table) -> tuple[Numbers, Numbers]:
    """The letters in the space they span, and the way back to signs.

    There are far fewer letters than signs; in their own space the same solution is found at once.
    """
    products = (rows.rows @ rows.rows.T).toarray()
    strengths, directions = np.linalg.eigh(products)
    kept = strengths > SMALLEST
    towards = directions[:, kept] / np.sqrt(strengths[kept])
    return products @ towards, rows.rows.T @ towards


def _fit(space: Numbers, back: Numbers, labels: NDArray[Any], strength: float) -> Fitted:
    if len(set(labels)) < 2:
        raise TooFewLetters("letters of at least two categories and two grades are needed")
    regression = LogisticRegression(C=strength, max_iter=STEPS, tol=1e-5)
    regression.fit(space, labels)
    coefficients, bias = regression.coef_, regression.intercept_
    if len(bias) == 1:  # of two classes only the second is told
        coefficients, bias = (np.concatenate([-each, each]) / 2 for each in (coefficients, bias))
    weights = coefficients @ back.T
    return Fitted([str(each) for each in regression.classes_], _centred(weights), _centred(bias))


def _in_order(grade: Fitted) -> Fitted:
    """Every grade, small to major; one that no letter has is never proposed for its signs."""
    places = {name: number for number, name in enumerate(grade.classes)}
    seldom = float(grade.bias.min())
    width = grade.weights.shape[1]
    weights = [grade.weights[places[g]] if g in places else np.zeros(width) for g in Grade]
    bias = [float(grade.bias[places[g]]) if g in places else seldom for g in Grade]
    return Fitted(list(Grade), np.array(weights), np.array(bias))


def _centred(values: Numbers) -> Numbers:
    """Only differences between classes count: above 0 speaks for a class."""
    centred: Numbers = values - values.mean(axis=0)
    return centred


def _weightiest(
    rows: Table, fitted: tuple[Fitted, Fitted], most: int
) -> Mapping[str, Sequence[str]]:
    """The signs that move a score most, taken over all letters."""
    usual = np.sqrt(np.asarray(rows.rows.multiply(rows.rows).mean(axis=0))).ravel()
    says = sum(np.abs(each.weights).max(axis=0) for each in fitted) * usual
    signs = [number for number, (part, _) in enumerate(rows.columns) if part != "words"]
    best = sorted(signs, key=lambda number: (-says[number], rows.columns[number]))[:most]
    kept: dict[str, list[str]] = {part: [] for part in PARTS}
    for number in best:
        part, sign = rows.columns[number]
        kept[part].append(sign)
    return kept


def _rows(
    rows: Table, category: Fitted, grade: Fitted, parameters: Parameters
) -> dict[str, dict[str, tuple[int, ...]]]:
    """By part and sign; the scales go into the weights, so that scoring needs none."""
    scale = {"title": parameters.title_scale, "text": 1.0, "words": parameters.words_scale}
    found: dict[str, dict[str, tuple[int, ...]]] = {part: {} for part in scale}
    both = np.concatenate([category.weights, grade.weights])
    for number, (part, sign) in enumerate(rows.columns):
        found[part][sign] = _hundredths(both[:, number] * scale[part])
    return found


def _with_rarity(
    rows: Mapping[str, tuple[int, ...]], rarity: Mapping[str, float]
) -> dict[str, tuple[int, ...]]:
    return {sign: (round(rarity[sign] / HUNDREDTH), *row) for sign, row in rows.items()}


def _words(classes: Sequence[str], rows: Words) -> Words:
    """A category whose words no letter has still has a row."""
    nothing = (0,) * (len(classes) + len(Grade))
    return {name: rows.get(name, nothing) for name in classes}


def _trust(classes: Sequence[str], words: Words) -> int:
    """What the words of a category usually say for it."""
    return max(0, round(median(words[name][place] for place, name in enumerate(classes))))


def _trusting(
    classes: Sequence[str], words: Words, letters: Mapping[str, int], trust: int
) -> dict[str, tuple[int, ...]]:
    """The words of a category with few letters say no less for it than those of others usually."""
    rows = {name: list(words[name]) for name in classes}
    for place, name in enumerate(classes):
        if letters[name] < FEW:
            rows[name][place] = max(rows[name][place], trust)
    return {name: tuple(row) for name, row in rows.items()}


def _hundredths(values: Numbers) -> tuple[int, ...]:
    return tuple(round(float(value) / HUNDREDTH) for value in values)
