"""Where the committed rulebook lies."""

from __future__ import annotations

from pathlib import Path

SHELF = Path(__file__).parents[2] / "deploy" / "rulebooks"
COMMITTED = SHELF / "xianning-2025-07-21"
