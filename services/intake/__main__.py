"""`python -m services.intake api|worker|migrate|seed`, the keys of Open311 clients, and telling
owners again.
"""

from __future__ import annotations

from services.intake.app import service
from services.intake.open311 import keys
from services.intake.owners import telling_again
from shared.commandline import main

if __name__ == "__main__":
    words = {
        "open311-key": keys.words(service.name),
        "owners": telling_again.words(service.name),
    }
    main(service, words)
