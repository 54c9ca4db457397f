"""From the street to the court: consent, package, or the record that nothing was filed."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered, receipted
from services.routing.cases.guards import CaseToCoordinate
from services.routing.cases.schemas import CaseReceipt, CaseSummary
from services.routing.court.commands.follow_court import not_filed
from services.routing.court.commands.hand_over import Brief, consent_to_court, hand_over
from services.routing.court.guards import CaseToConsent
from services.routing.court.schemas import NotFiledIn, PackageIn
from services.routing.deed import DeedDep

router = APIRouter(prefix="/cases/{case_id}/judicial", tags=["courts"])


@router.post("/consent", response_model=CaseReceipt)
async def consent(file: CaseToConsent, deed: DeedDep) -> Response:
    """T39: the owner agrees that the case goes to court."""
    return await receipted(deed, file, lambda: consent_to_court(deed.on, file))


@router.post("/package", response_model=CaseSummary)
async def send_package(file: CaseToCoordinate, body: PackageIn, deed: DeedDep) -> Response:
    """T39: hand over to the court of the property's place, or to the one named."""
    brief = Brief(**body.model_dump())
    return await answered(deed, file, lambda: hand_over(deed.on, file, brief))


@router.post("/not-filed", response_model=CaseSummary)
async def record_not_filed(file: CaseToCoordinate, body: NotFiledIn, deed: DeedDep) -> Response:
    """T40: the party will not sue, or the court did not register."""
    return await answered(deed, file, lambda: not_filed(deed.on, file, body.reason))
