"""How training is done; written into the weights, so that they can be trained again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """`strength` is the inverse of the penalty on weights (scikit-learn's C).

    `most_signs` are kept, those that say most; the scales say how much title and words of the
    rulebook count beside the text. `least_…` unrelated letters must have a sign.
    """

    longest: int = 2
    least_titles: int = 3
    least_texts: int = 4
    most_signs: int = 2500
    title_scale: float = 1.5
    words_scale: float = 0.5
    strength: float = 30.0
    grade_strength: float = 10.0
    folds: int = 10
    seed: int = 0
