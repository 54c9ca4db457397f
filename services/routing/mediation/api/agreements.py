"""The agreement afterwards: its text, its performance, its judicial confirmation."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered, receipted
from services.routing.cases.guards import NotYourTask
from services.routing.cases.schemas import CaseReceipt, CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.mediation.commands.confirm import apply, consent_to_application
from services.routing.mediation.commands.perform import Performance, break_off, perform
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.domain.policies import may_record_consent, speaks_for
from services.routing.mediation.guards import AgreementToRead, AgreementToUse, MediationToLead
from services.routing.mediation.queries import agreement_of
from services.routing.mediation.schemas import (
    AgreementOut,
    ApplicationConsentIn,
    ApplicationIn,
    BreachIn,
    PerformanceIn,
)
from services.routing.mediation.views import agreement_out

router = APIRouter(prefix="/cases/{case_id}/agreement", tags=["agreements"])


@router.get("")
async def agreement(file: AgreementToRead, on: OccasionDep) -> AgreementOut:
    """For its parties and those who mediated (invariant 10)."""
    found = await agreement_of(on.session, file.file.case.id)
    on.audit("agreement.read", "agreement", found.id, {})
    return await agreement_out(on, found)


@router.post("/performance", response_model=CaseSummary)
async def record_performance(file: MediationToLead, body: PerformanceIn, deed: DeedDep) -> Response:
    """T37: every obligation is proven; the result goes to review."""
    performance = Performance(body.proofs, body.result_code)
    return await answered(deed, file.file, lambda: perform(deed.on, file.file, performance))


@router.post("/breach", response_model=CaseReceipt)
async def record_breach(file: AgreementToUse, body: BreachIn, deed: DeedDep) -> Response:
    """T38: the agreement is not performed; unless confirmed, the way leads to court."""
    return await receipted(deed, file.file, lambda: break_off(deed.on, file.file, body.reason))


@router.post("/confirmation-applications", response_model=CaseReceipt)
async def prepare_application(file: AgreementToUse, body: ApplicationIn, deed: DeedDep) -> Response:
    """T34: a party that prepares it has consented; it is made when both have (X25)."""
    actor, standing = deed.on.actor, file.file.standing
    sides = [side for side in Side if side in file.parties and speaks_for(actor, standing, side)]
    return await receipted(deed, file.file, lambda: apply(deed.on, file, body.court_id, sides))


@router.post("/confirmation-applications/consents", response_model=CaseReceipt)
async def join_application(
    file: AgreementToUse, body: ApplicationConsentIn, deed: DeedDep
) -> Response:
    """T34: the other party joins."""
    if not may_record_consent(deed.on.actor, file.file.standing, file.mediation, body.party):
        raise NotYourTask
    return await receipted(
        deed, file.file, lambda: consent_to_application(deed.on, file, body.party)
    )
