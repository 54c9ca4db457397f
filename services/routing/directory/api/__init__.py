"""The directory over HTTP: sign-in, look-up, and an administrator's changes."""

from __future__ import annotations

from services.routing.directory.api import (
    account,
    contracts,
    divisions,
    estates,
    grids,
    imports,
    interests,
    invitations,
    organisations,
    roles,
    sessions,
    staff,
)

routers = (
    sessions.router,
    account.router,
    divisions.router,
    organisations.router,
    estates.router,
    contracts.router,
    imports.router,
    grids.router,
    staff.router,
    roles.router,
    interests.router,
    invitations.router,
)
