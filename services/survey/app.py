"""The survey service: what it is made of."""

from __future__ import annotations

from pathlib import Path

from services.survey.analysis.api import routers as analysis
from services.survey.analysis.commands.generating import follow_the_months
from services.survey.bulletins.api import routers as bulletins
from services.survey.bulletins.latest import LatestFigures
from services.survey.calls.api import router as calls
from services.survey.coverage.api import router as coverage
from services.survey.credit.api import routers as credit
from services.survey.evaluations.api import routers as evaluations
from services.survey.evaluations.api.imports import UPLOADS
from services.survey.fees.api import router as fees
from services.survey.handlers import on_tick, subscriptions
from services.survey.indicators.api import routers as indicators
from services.survey.ratings.api import routers as ratings
from services.survey.surveys.api import routers as surveys
from services.survey.tables import Table
from services.survey.targets.api import router as targets
from services.survey.tenders.api import router as tenders
from services.survey.visits.api import forms
from services.survey.visits.api import router as visits
from shared.definition import Definition
from shared.runtime import Runtime
from shared.web.front import Front


async def compose(runtime: Runtime) -> None:
    """Survey's only tool: what was counted last for everybody."""
    runtime.put(LatestFigures())


async def nothing_to_do(_: Runtime) -> None:
    """There is nothing to give back."""


service = Definition(
    name="survey",
    front=Front(
        title="六端互通 · 测评 (survey)",
        routers=(
            *(visits, forms, calls, coverage),
            *(*surveys, *ratings, *evaluations, *credit, tenders),
            *(*indicators, fees, targets, *analysis, *bulletins),
        ),
        uploads=UPLOADS,
        for_anybody=("/public",),
    ),
    metadata=Table.metadata,
    migrations=Path(__file__).parent / "migrations",
    subscriptions=subscriptions,
    compose=compose,
    release=nothing_to_do,
    on_tick=on_tick,
    loops=(follow_the_months,),
)
