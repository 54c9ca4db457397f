"""The rulebook: typed sections for the code, and for every key where its value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import PrivateAttr, ValidationError

from shared.clock import BEIJING
from shared.rulebook.checks import refuse_broken_references, refuse_strange_weights
from shared.rulebook.entries import Entry
from shared.rulebook.errors import NoSuchRule, RulebookError
from shared.rulebook.explaining import explained
from shared.rulebook.header import Header
from shared.rulebook.reading import read_folder, tree_of
from shared.rulebook.rules import Rules
from shared.rulebook.section import frozen
from shared.rulebook.sections.categories import Category
from shared.rulebook.sections.times import ClockRule
from shared.rulebook.vocabulary import ClockKind
from shared.rulebook.weights import Weights, load_weights, unlearned

WEIGHTS = "weights"  # the folder beside the file that names them


class Rulebook(Rules):
    """All rules of one city in one version. Frozen; read once at start.

    `rulebook.sla.dispatch` is the value, `rulebook.entry("sla.dispatch")` its provenance.
    """

    _header: Header = PrivateAttr()
    _entries: Mapping[str, Entry] = PrivateAttr()
    _weights: Weights = PrivateAttr()

    @classmethod
    def load(cls, folder: Path) -> Rulebook:
        """Reads and checks a rulebook folder. Raises RulebookError naming key and file."""
        source = read_folder(folder)
        try:
            book = cls.model_validate(tree_of(source.entries))
        except ValidationError as error:
            raise RulebookError(explained(error, source.entries, folder.name)) from error
        refuse_broken_references(book, source.entries)
        book._header = source.header
        book._entries = frozen(source.entries)
        book._weights = _weights_of(book, source.entries, folder)
        return book

    @property
    def weights(self) -> Weights:
        """What triage has learned from letters (T09)."""
        return self._weights

    def with_weights(self, weights: Weights) -> Rulebook:
        """The same rules beside other weights, to be tried before they take effect."""
        book = self.model_copy()
        book._weights = refuse_strange_weights(book, weights, weights.version)
        return book

    @property
    def header(self) -> Header:
        return self._header

    @property
    def version(self) -> str:
        return self._header.version

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every key with its value as written, origin, row ids and file."""
        return self._entries

    def entry(self, key: str) -> Entry:
        """Where `key` comes from. Raises NoSuchRule."""
        try:
            return self._entries[key]
        except KeyError:
            raise NoSuchRule(key) from None

    def clock(self, kind: ClockKind) -> ClockRule:
        return self.clocks[kind]

    def category(self, code: str) -> Category:
        """Raises NoSuchRule for a code that the table does not have."""
        try:
            return self.categories[code]
        except KeyError:
            raise NoSuchRule(f"categories.{code}") from None

    def switched_on(self, switch: str, at: datetime) -> bool:
        """Whether a plan of the letter is in force at `at`: turned on, and its date has come."""
        entry = self.entry(f"switches.{switch}")
        return self.switches[switch] and entry.effective_from <= at.astimezone(BEIJING).date()

    def in_force(self, key: str, at: datetime) -> bool:
        """Whether a single rule applies at `at`: its own date has come and its switch is on."""
        entry = self.entry(key)
        if entry.effective_from > at.astimezone(BEIJING).date():
            return False
        return entry.switch is None or self.switched_on(entry.switch, at)


def _weights_of(book: Rulebook, entries: Mapping[str, Entry], folder: Path) -> Weights:
    """The weights lie with the rulebook that names them, also when another one amends it."""
    if book.triage.model is None:
        return unlearned(tuple(book.categories))
    home = (folder.parent / entries["triage.model"].file).parent
    path = home / WEIGHTS / f"{book.triage.model}.json"
    return refuse_strange_weights(book, load_weights(path), str(path))
