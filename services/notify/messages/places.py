"""A place as recipients are looked for: an estate in a grid, or in a division."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Place(Protocol):
    """What a case, a waiting complaint and a rectification have in common."""

    @property
    def division(self) -> str: ...
    @property
    def grid_code(self) -> str | None: ...
    @property
    def estate_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class At:
    """A place that no aggregate stands for."""

    division: str
    grid_code: str | None = None
    estate_id: UUID | None = None
