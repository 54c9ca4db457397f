"""The intake service: what it is made of."""

from __future__ import annotations

from pathlib import Path

from services.intake.composition import compose, release
from services.intake.rooms import DIALECTS, HEARING, LOOPS, ROUTERS, SHORTCUTS, UPLOADS
from services.intake.seeds import seed
from services.intake.subscriptions import subscriptions
from services.intake.tables import Table
from shared.definition import Definition
from shared.web.front import Front

__all__ = ["HEARING", "service"]

service = Definition(
    name="intake",
    front=Front(
        title="六端互通 · 受理 (intake)",
        routers=ROUTERS,
        uploads=UPLOADS,
        shortcuts=SHORTCUTS,
        dialects=DIALECTS,
    ),
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    demo=seed,
    loops=LOOPS,
)
