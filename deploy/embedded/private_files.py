"""Small values that are made once and kept in files which only their owner can read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text of `path`; made and stored (mode 0600) when there is none yet."""
    if not path.exists():
        store(path, make())
    return path.read_text()


def store(path: Path, text: str) -> None:
    """Replace the file as a whole: a reader sees the old text or the new one."""
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
