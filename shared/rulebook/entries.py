"""One entry of a rulebook: a value and where it comes from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Origin(StrEnum):
    """Who says so (seed-rules 0.1)."""

    STATED = "stated"  # the letter states it
    PLANNED = "planned"  # the letter plans it: dated and switchable
    LAW = "law"  # a law or a notice found outside the letter
    OURS = "ours"  # our default until the client decides


class Entry(BaseModel):
    """Provenance of one key. `value` is as written, before the sections give it a type."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    value: Any
    origin: Origin
    sources: tuple[str, ...] = Field(min_length=1)
    effective_from: date
    switch: str | None = None
    note: str = ""
    file: str

    @model_validator(mode="after")
    def plans_are_switchable(self) -> Entry:
        if self.origin is Origin.PLANNED and self.switch is None:
            raise ValueError("a planned rule names the switch that turns it on")
        return self
