"""The committed rulebook, and copies of it that a test may spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from shared.rulebook import Rulebook
from tests.rulebook import COMMITTED

Spoil = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return Rulebook.load(COMMITTED)


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """`spoil(file, old, new)` copies the rulebook and replaces `old`, which must be there."""

    def replaced(file: str, old: str, new: str) -> Path:
        folder = tmp_path / COMMITTED.name
        if not folder.exists():
            copytree(COMMITTED, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return replaced


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    copytree(COMMITTED, tmp_path / COMMITTED.name)
    return tmp_path
