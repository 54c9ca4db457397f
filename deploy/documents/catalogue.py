"""The rows of the source letter as a list: what each asks for and how urgent it is."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

CATALOGUE = Path(__file__).parents[1] / "rulebooks" / "rules.toml"


class Priority(StrEnum):
    MUST = "P0"
    SHOULD = "P1"
    MAY = "P2"
    NONE = "none"


class Row(BaseModel):
    """One row. `arrives` is the part of the system that builds a P0 row; `planned` excuses P1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    status: str
    priority: Priority
    service: str
    meaning: str
    arrives: str | None = None
    planned: bool = False


def read_catalogue(path: Path = CATALOGUE) -> tuple[Row, ...]:
    """All rows in the order of the letter. Raises ValidationError for an incomplete row."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Row.model_validate({"id": row_id, **facts}) for row_id, facts in table.items())
