"""Every way to change the directory: decide, apply, record, publish."""

from __future__ import annotations

from services.routing.directory.commands.accounts import (
    Contacts,
    open_account,
    reset_codes,
    revise_account,
)
from services.routing.directory.commands.closing import close_account
from services.routing.directory.commands.contracts import (
    end_contract,
    replace_contract,
    sign_contract,
)
from services.routing.directory.commands.estates import PlannedBuilding, add_estate, move_building
from services.routing.directory.commands.grids import add_grid, staff_grid
from services.routing.directory.commands.mediators import register_mediator
from services.routing.directory.commands.organisations import (
    OrganisationChanges,
    add_organisation,
    revise_organisation,
)
from services.routing.directory.commands.positions import Position

__all__ = [
    "Contacts",
    "OrganisationChanges",
    "PlannedBuilding",
    "Position",
    "add_estate",
    "add_grid",
    "add_organisation",
    "close_account",
    "end_contract",
    "move_building",
    "open_account",
    "register_mediator",
    "replace_contract",
    "reset_codes",
    "revise_account",
    "revise_organisation",
    "sign_contract",
    "staff_grid",
]
