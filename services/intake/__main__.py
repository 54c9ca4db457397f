"""`python -m services.intake api|worker|migrate|seed`."""

from __future__ import annotations

from services.intake.app import service
from shared.commandline import main

if __name__ == "__main__":
    main(service)
