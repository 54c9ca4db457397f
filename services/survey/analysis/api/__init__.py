"""The HTTP side of analysis: figures to look at, monthly reports to work through."""

from __future__ import annotations

from services.survey.analysis.api import figures, monthly

routers = (figures.router, monthly.router)
