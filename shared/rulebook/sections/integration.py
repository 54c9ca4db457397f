"""Systems of departments and courts that act with a key of their own (A06, A07)."""

from __future__ import annotations

from pydantic import Field

from shared.rulebook.section import Section


class Integration(Section):
    """`keys_at_most` of one organisation are good at once: two while one replaces another."""

    keys_at_most: int = Field(ge=2)
