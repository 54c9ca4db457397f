"""N09: both parties are reminded of the last day on which they can apply together (CK-09)."""

from __future__ import annotations

from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import tell
from services.routing.mediation.queries import latest
from services.routing.occasion import Occasion
from shared.contracts.routing import ConfirmationDueSoon


async def remind_parties(on: Occasion, file: CaseFile, until: datetime) -> None:
    """While CK-09 runs nobody has applied, and the agreement is not about ownership (X24)."""
    mediated = await latest(on.session, file)
    await tell(
        on,
        file,
        ConfirmationDueSoon,
        confirmation_until=until,
        respondent=mediated.respondent,
    )
