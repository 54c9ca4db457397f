"""`python -m services.intake api|worker|migrate|seed`, and the keys of Open311 clients."""

from __future__ import annotations

from services.intake.app import service
from services.intake.open311 import keys
from shared.commandline import main

if __name__ == "__main__":
    main(service, {"open311-key": keys.words(service.name)})
