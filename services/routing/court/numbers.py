"""The court's own case numbers, checked against the court that sends them."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.court.domain.matters import number_of_court
from services.routing.directory.queries import organisation_by_id
from services.routing.occasion import Occasion


async def printed_number(on: Occasion, file: CaseFile, court_id: UUID, number: str) -> str:
    """With full-width brackets. Raises InvalidCourtCaseNumber or NumberOfAnotherCourt."""
    court = await organisation_by_id(on.session, court_id)
    known = [each.code for each in rulebook_of(on, file).courts.known]
    return number_of_court(number, court.court_code if court else None, known).text
