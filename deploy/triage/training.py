"""Weights from labelled letters: two logistic regressions over signs and words (scikit-learn)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from deploy.triage.parameters import Parameters
from deploy.triage.vocabulary import PARTS, Read, Table, rarities, table
from shared.rulebook import Grade, Rulebook, Weights
from shared.rulebook.weights import HUNDREDTH

Numbers = NDArray[np.float64]
SMALLEST = 1e-9  # what is smaller is rounding
STEPS = 1000


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
    every = table(reads, rarity, graded, parameters)
    kept = _weightiest(every, _fit_both(every, reads, graded, parameters), parameters.most_signs)
    rarity = {part: {sign: rarity[part][sign] for sign in kept[part]} for part in PARTS}
    final = table(reads, rarity, graded, parameters)
    category, grade = _fit_both(final, reads, graded, parameters)
    rows = _rows(final, category, grade, parameters)
    return Weights(
        version=version,
        longest=parameters.longest,
        categories=tuple(category.classes),
        grades=tuple(Grade),
        bias=_hundredths(np.concatenate([category.bias, grade.bias])),
        rules=_with_the_unseen(category.classes, graded, rows["words"]),
        **{
            part: {sign: (round(rarity[part][sign] / HUNDREDTH), *row) for sign, row in rows[part].items()}
            for part in PARTS
        },
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
    regression = LogisticRegression(C=strength, max_iter=STEPS, tol=1e-5)
    regression.fit(space, labels)
    weights, bias = regression.coef_ @ back.T, regression.intercept_
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


def _with_the_unseen(
    classes: Sequence[str], graded: Sequence[str], rows: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Of a category that no letter has, the words say nothing yet: not even against others."""
    return {category: rows[category] for category in graded if any(rows[category])}


def _hundredths(values: Numbers) -> tuple[int, ...]:
    return tuple(round(float(value) / HUNDREDTH) for value in values)
