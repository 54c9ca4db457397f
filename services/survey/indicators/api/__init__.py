"""The HTTP side of indicators."""

from __future__ import annotations

from services.survey.indicators.api import figures, living

routers = (figures.router, living.router)
