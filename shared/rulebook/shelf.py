"""Several dated versions of the rulebook, and which one applies (B13, X39)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from shared.rulebook.book import Rulebook
from shared.rulebook.errors import NoRulebook, RulebookError
from shared.rulebook.reading import HEADER_FILE


class RulebookShelf:
    """Rulebooks of one city. A case asks by the version it was accepted under."""

    def __init__(self, books: Iterable[Rulebook]) -> None:
        self._books = sorted(books, key=lambda book: book.header.in_force_from)
        self._refuse_ambiguity()

    @property
    def versions(self) -> tuple[str, ...]:
        """Oldest first."""
        return tuple(book.version for book in self._books)

    def named(self, version: str) -> Rulebook:
        """The book of exactly that version. Raises NoRulebook."""
        for book in self._books:
            if book.version == version:
                return book
        raise NoRulebook(f"no rulebook is named {version}")

    def in_force_at(self, moment: datetime) -> Rulebook:
        """The latest book that has come into force and not ended. Raises NoRulebook."""
        for book in reversed(self._books):
            if book.header.in_force_at(moment):
                return book
        raise NoRulebook(f"no rulebook is in force at {moment.isoformat()}")

    def _refuse_ambiguity(self) -> None:
        for earlier, later in zip(self._books, self._books[1:], strict=False):
            if earlier.header.city_code != later.header.city_code:
                raise RulebookError("a shelf holds the rulebooks of one city")
            if earlier.header.in_force_from == later.header.in_force_from:
                raise RulebookError(f"{earlier.version} and {later.version} start together")
        if len(set(self.versions)) < len(self._books):
            raise RulebookError(f"a version name is used twice: {', '.join(self.versions)}")


def load_shelf(folder: Path) -> RulebookShelf:
    """Every rulebook folder in `folder`. Raises RulebookError when there is none."""
    pages = sorted(folder.glob(f"*/{HEADER_FILE}"))
    if not pages:
        raise RulebookError(f"{folder}: no rulebook in it")
    return RulebookShelf(Rulebook.load(page.parent) for page in pages)
