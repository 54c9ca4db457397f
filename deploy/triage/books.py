"""The rulebooks a command works with: those in force, and a candidate for tomorrow."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from shared.rulebook import Rulebook, RulebookShelf, load_shelf
from shared.rulebook.weights import load_weights
from shared.settings import from_environment


def newest_shelf(now: datetime) -> tuple[RulebookShelf, Path]:
    """The shelf of routing's settings, and the folder whose triage is in force now."""
    place = from_environment("routing", os.environ).rulebooks
    shelf = load_shelf(place)
    folder = (place / shelf.in_force_at(now).entry("triage.fallback").file).parent
    return shelf, folder


def candidate(
    present: Rulebook, shelf: RulebookShelf, rulebook: str, model: Path | None
) -> Rulebook:
    """Another rulebook (a folder, or a version of the shelf), other weights, or both.

    Raises NoRulebook or RulebookError.
    """
    book = present
    if rulebook:
        folder = Path(rulebook)
        book = Rulebook.load(folder) if folder.is_dir() else shelf.named(rulebook)
    return book.with_weights(load_weights(model)) if model else book
