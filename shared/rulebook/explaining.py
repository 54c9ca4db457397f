"""Turns pydantic's findings into lines a person can act on: file, key, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from shared.rulebook.entries import Entry


def explained(error: ValidationError, entries: Mapping[str, Entry], folder: str) -> str:
    lines = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        lines.append(f"{_file_of(key, entries) or folder}: {key}: {problem['msg']}")
    return "\n".join(lines)


def _file_of(key: str, entries: Mapping[str, Entry]) -> str | None:
    """The file of the entry at, above or beside `key`; a missing key has only neighbours."""
    while key:
        for name, entry in entries.items():
            if name == key or name.startswith(f"{key}."):
                return entry.file
        key = key.rpartition(".")[0]
    return None
