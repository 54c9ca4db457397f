"""The intake service: what it is made of."""

from __future__ import annotations

from pathlib import Path

from services.intake.composition import compose, release
from services.intake.rooms import DIALECTS, HEARING, LOOPS, ROUTERS, SHORTCUTS, UPLOADS
from services.intake.seeds import seed
from services.intake.subscriptions import subscriptions
from services.intake.tables import Table
from shared.definition import Definition

__all__ = ["HEARING", "service"]

service = Definition(
    name="intake",
    title="六端互通 · 受理 (intake)",
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=ROUTERS,
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    demo=seed,
    loops=LOOPS,
    uploads=UPLOADS,
    shortcuts=SHORTCUTS,
    dialects=DIALECTS,
)
