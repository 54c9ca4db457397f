"""`python -m services.routing api|worker|migrate|seed`."""

from __future__ import annotations

from services.routing.app import service
from shared.commandline import main

if __name__ == "__main__":
    main(service)
