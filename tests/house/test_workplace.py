"""What is committed is the project's own: no path, host or registry of the place it was made in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import CHECKOUT

LEFT_OUT = {"node_modules", "__pycache__", "dist", "unpackage"}
TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".sh", ".sql", ".conf", ".ts",
        ".vue", ".js", ".html", ".css", ".example", ".mako", ""}  # fmt: skip
# in brackets, so that this file does not find itself
PRIVATE_PATH = re.compile(r"(?<![\w.~-])/(?:home|Users|root|wor[k]|far[m])/\w")
REGISTRY = re.compile(r"https?://[^\s\"']*(?:/simpl[e]\b|registr[y]\.|npmmirro[r])")


def _files() -> Iterator[Path]:
    for path in sorted(CHECKOUT.rglob("*")):
        parts = path.relative_to(CHECKOUT).parts
        hidden = [
            part for part in parts if part.startswith(".") and part not in {".ci", ".env.example"}
        ]
        if path.is_file() and not hidden and not LEFT_OUT & set(parts) and path.suffix in TEXT:
            yield path


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()[:80]}"
        for path in _files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_private_path_is_named() -> None:
    assert _found(PRIVATE_PATH) == []


def test_no_package_registry_is_named() -> None:
    assert _found(REGISTRY) == []


def test_the_patterns_can_find_something() -> None:
    assert PRIVATE_PATH.search("see /" + "home/somebody/x")
    assert REGISTRY.search("https://mirror.example/" + "simple")
