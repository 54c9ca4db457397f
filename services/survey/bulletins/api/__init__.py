"""The HTTP side of bulletins, one file per audience."""

from __future__ import annotations

from services.survey.bulletins.api import drafting, figures, public, reading, results

routers = (
    drafting.router,
    reading.router,
    public.router,
    figures.router,
    results.router,
)
