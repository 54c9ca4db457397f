"""Alembic for routing's database."""

from __future__ import annotations

from services.routing.app import service
from shared.migrating import run_environment

run_environment(service.metadata)
