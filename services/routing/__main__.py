"""`python -m services.routing api|worker|migrate|seed`, and telling the directory again."""

from __future__ import annotations

from services.routing.app import service
from services.routing.directory import telling_again
from shared.commandline import main

if __name__ == "__main__":
    main(service, {"directory": telling_again.words(service.name)})
