"""The survey service: what it is made of."""

from __future__ import annotations

from pathlib import Path

from services.survey.calls.api import router as calls
from services.survey.coverage.api import router as coverage
from services.survey.credit.api import router as credit
from services.survey.handlers import on_tick, subscriptions
from services.survey.surveys.api import routers as surveys
from services.survey.tables import Table
from services.survey.visits.api import forms
from services.survey.visits.api import router as visits
from shared.definition import Definition
from shared.runtime import Runtime


async def nothing_to_do(_: Runtime) -> None:
    """Survey has no tools of its own."""


service = Definition(
    name="survey",
    title="六端互通 · 测评 (survey)",
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(visits, forms, calls, coverage, *surveys, credit),
    subscriptions=subscriptions,
    compose=nothing_to_do,
    release=nothing_to_do,
    on_tick=on_tick,
)
