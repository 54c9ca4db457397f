"""All generated documents: what they are, whether they are up to date, how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deploy.documents import asyncapi, schemas, traceability, webhooks


def documents() -> Mapping[Path, str]:
    """Every generated file and what must stand in it."""
    parts = (schemas, asyncapi, traceability, webhooks)
    return {path: text for part in parts for path, text in part.documents().items()}


def stale() -> list[Path]:
    """The files that are missing or say something else than the code."""
    return [path for path, text in documents().items() if not _says(path, text)]


def write() -> list[Path]:
    """Bring every file up to date, except a published schema, which never changes."""
    written = stale()
    for path in written:
        if path.exists() and path.parent == schemas.FOLDER:
            raise PublishedSchemaChanged(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(documents()[path], encoding="utf-8")
    return written


class PublishedSchemaChanged(Exception):
    """A published event changed its shape: add a new version beside the old one instead."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name}: a published schema never changes, add a new version")


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
