"""The public state of every aggregate of the directory, as its events carry it."""

from __future__ import annotations

from services.routing.directory.states.estates import estate_state
from services.routing.directory.states.organisations import division_state, organisation_state
from services.routing.directory.states.people import grid_state, staff_state

__all__ = ["division_state", "estate_state", "grid_state", "organisation_state", "staff_state"]
