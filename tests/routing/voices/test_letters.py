"""Likeness against real public letters; skipped where they are absent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.duplicates import cross_checked, judged, quality
from shared.rulebook import Rulebook
from tests.rulebook import COMMITTED

pytestmark = pytest.mark.letters


def test_letters_about_one_problem_are_found(letters: Path) -> None:
    """X09: pair precision and recall on the labelled letters, and with thresholds of the halves."""
    rulebook = Rulebook.load(COMMITTED)
    lines = (letters / "letters-labelled.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = judged(map(json.loads, lines), rulebook)
    found = quality(pairs, rulebook.duplicates.proposed_from)
    assert found.precision >= 0.95
    assert found.recall >= 0.85
    checks = cross_checked(pairs)
    assert sum(each.precision for each in checks) / len(checks) >= 0.95
    assert sum(each.recall for each in checks) / len(checks) >= 0.85
