"""The HTTP side of ratings, one file per audience and kind."""

from __future__ import annotations

from services.survey.ratings.api import committees, forms, panels, quarterly, representatives

routers = (
    representatives.router,
    forms.router,
    quarterly.router,
    committees.router,
    panels.router,
)
