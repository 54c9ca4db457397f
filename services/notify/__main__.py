"""`python -m services.notify api|worker|migrate|seed`."""

from __future__ import annotations

from services.notify.app import service
from shared.commandline import main

main(service)
