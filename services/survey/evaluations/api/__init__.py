"""The HTTP side of evaluations, one file per audience."""

from __future__ import annotations

from services.survey.evaluations.api import assessments, contracts, imports, reading, runs

routers = (
    contracts.router,
    imports.router,
    imports.evaluations,
    assessments.router,
    runs.router,
    reading.router,
)
