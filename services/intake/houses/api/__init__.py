"""Estates and homes, one file for each audience."""

from __future__ import annotations

from services.intake.houses.api import desks, finding, household

routers = (finding.router, household.router, desks.router)
