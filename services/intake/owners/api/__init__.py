"""What owners call about themselves, one file for each errand."""

from __future__ import annotations

from services.intake.owners.api import account, sessions

routers = (sessions.router, account.router)
