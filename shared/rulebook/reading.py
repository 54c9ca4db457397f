"""Reads the TOML files of one rulebook folder into a header and flat, sourced entries.

A table with a `value` is an entry; any other table is a section. A text value that begins with
`@` stands for the value of the entry it names, so a number is written in one place only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.rulebook.entries import Entry
from shared.rulebook.errors import RulebookError
from shared.rulebook.header import Header

HEADER_FILE = "rulebook.toml"
HEADER = "rulebook"
REFERENCE = "@"


@dataclass(frozen=True)
class Source:
    """What one folder says, together with the folder it amends."""

    header: Header
    entries: dict[str, Entry]


def read_folder(folder: Path, amended_by: tuple[str, ...] = ()) -> Source:
    """All entries of `folder`, laid over those of the rulebook it amends, if any."""
    if folder.name in amended_by:
        raise RulebookError(f"{folder}: amends itself by way of {', '.join(amended_by)}")
    header = _header(folder / HEADER_FILE)
    entries: dict[str, Entry] = {}
    if header.amends is not None:
        amended = folder.parent / header.amends
        if not amended.is_dir():
            raise RulebookError(f"{folder}: amends no folder beside it: {header.amends}")
        below = read_folder(amended, (*amended_by, folder.name))
        entries.update(below.entries)
    entries.update(_own_entries(folder, header))
    return Source(header, entries)


def tree_of(entries: dict[str, Entry]) -> dict[str, Any]:
    """Keys with dots become nested sections; references become the values they name."""
    tree: dict[str, Any] = {}
    for key, entry in entries.items():
        *sections, name = key.split(".")
        place = tree
        for section in sections:
            place = place.setdefault(section, {})
        place[name] = _resolved(entry.value, entry, entries)
    return tree


def _header(path: Path) -> Header:
    document = _document(path)
    try:
        return Header.model_validate(document.get(HEADER))
    except ValidationError as error:
        raise RulebookError(f"{path}: rulebook: {error}") from error


def _own_entries(folder: Path, header: Header) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.toml")):
        rules = {name: part for name, part in _document(path).items() if name != HEADER}
        for entry in _walk(rules, "", path, header.in_force_from.date()):
            if entry.key in entries:
                raise RulebookError(f"{path}: {entry.key}: already in {entries[entry.key].file}")
            entries[entry.key] = entry
    return entries


def _document(path: Path) -> Mapping[str, Any]:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RulebookError(f"{path}: missing") from error
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{path}: {error}") from error


@lru_cache(maxsize=64)  # in one process all four services read the same files
def _parsed(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


def _walk(table: Mapping[str, Any], prefix: str, path: Path, default_date: date) -> Iterator[Entry]:
    for name, content in table.items():
        key = f"{prefix}{name}"
        if not isinstance(content, dict):
            raise RulebookError(f"{path}: {key}: a rule needs value, origin and sources")
        if "value" in content:
            yield _entry(key, content, path, default_date)
        else:
            yield from _walk(content, f"{key}.", path, default_date)


def _entry(key: str, content: dict[str, Any], path: Path, default_date: date) -> Entry:
    facts = {
        "effective_from": default_date,
        **content,
        "key": key,
        "file": f"{path.parent.name}/{path.name}",
    }
    try:
        return Entry.model_validate(facts)
    except ValidationError as error:
        raise RulebookError(f"{path}: {key}: {error}") from error


def _resolved(value: Any, entry: Entry, entries: dict[str, Entry]) -> Any:
    if isinstance(value, dict):
        return {name: _resolved(part, entry, entries) for name, part in value.items()}
    if isinstance(value, list):
        return [_resolved(part, entry, entries) for part in value]
    if not (isinstance(value, str) and value.startswith(REFERENCE)):
        return value
    named = entries.get(value.removeprefix(REFERENCE))
    if named is None:
        raise RulebookError(f"{entry.file}: {entry.key}: refers to {value}, which is no rule")
    return _resolved(named.value, named, entries)
