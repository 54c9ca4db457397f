"""`python -m services.survey api|worker|migrate|seed`."""

from __future__ import annotations

from services.survey.app import service
from shared.commandline import main

main(service)
