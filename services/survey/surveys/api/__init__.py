"""The HTTP side of surveys, one file per audience."""

from __future__ import annotations

from services.survey.surveys.api import conducting, field, questionnaires, reading, residents

routers = (
    field.router,
    questionnaires.router,
    reading.router,
    conducting.router,
    residents.router,
)
