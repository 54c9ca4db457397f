"""Mediation as it goes on: request, consents, schedule, sessions, refusal, and how it ends."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered, receipted
from services.routing.cases.guards import NotYourTask
from services.routing.cases.schemas import CaseReceipt, CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.mediation.commands.conclude import agree, fail
from services.routing.mediation.commands.court_mediation import receive
from services.routing.mediation.commands.extend import extend_mediation
from services.routing.mediation.commands.hold import give_up, hold, refuse
from services.routing.mediation.commands.request import Wish, consent, request, schedule
from services.routing.mediation.domain.consent import Consent
from services.routing.mediation.domain.policies import may_record_consent
from services.routing.mediation.guards import (
    CaseToMediate,
    MediationToEnd,
    MediationToJoin,
    MediationToLead,
    MediationToRead,
)
from services.routing.mediation.reading import agreed_of, attempts_of, held_of, refusing_side
from services.routing.mediation.schemas import (
    AgreementIn,
    ConsentIn,
    FailureIn,
    MediationExtensionIn,
    MediationIn,
    MediationOut,
    RefusalIn,
    ScheduleIn,
    SessionIn,
)
from services.routing.mediation.views import mediation_out

router = APIRouter(prefix="/cases/{case_id}/mediation", tags=["mediation"])


@router.get("")
async def mediation(file: MediationToRead, on: OccasionDep) -> MediationOut:
    """Stage, consents and date for everybody concerned; sessions for those who mediate."""
    on.audit("mediation.read", "mediation", file.mediation.id, {})
    return await mediation_out(on, file)


@router.post("", response_model=CaseSummary)
async def propose(file: CaseToMediate, body: MediationIn, deed: DeedDep) -> Response:
    """T15: mediation is proposed, or a mediation under way is handed to a committee."""
    wish = Wish(body.committee_id, body.mediator_id, body.respondent)
    return await answered(deed, file, lambda: request(deed.on, file, wish))


@router.post("/consents", response_model=CaseReceipt)
async def record_consent(file: MediationToJoin, body: ConsentIn, deed: DeedDep) -> Response:
    """T15: owners and companies speak for themselves; who mediates may note a party's word."""
    if not may_record_consent(deed.on.actor, file.file.standing, file.mediation, body.party):
        raise NotYourTask
    decision = Consent(body.consent)
    return await receipted(deed, file.file, lambda: consent(deed.on, file, body.party, decision))


@router.post("/schedule", response_model=CaseSummary)
async def set_date(file: MediationToLead, body: ScheduleIn, deed: DeedDep) -> Response:
    """T15: time and place, once both parties agreed."""
    return await answered(deed, file.file, lambda: schedule(deed.on, file, body.time, body.place))


@router.post("/receipt", response_model=CaseSummary)
async def confirm_receipt(file: MediationToLead, deed: DeedDep) -> Response:
    """T41: the papers of the court have arrived; CK-10 or CK-11 runs."""
    return await answered(deed, file.file, lambda: receive(deed.on, file))


@router.post("/sessions", response_model=CaseSummary)
async def record_session(file: MediationToLead, body: SessionIn, deed: DeedDep) -> Response:
    """T16: a session was held; with community and company it meets CK-03 (B05, X29)."""
    return await answered(deed, file.file, lambda: hold(deed.on, file, held_of(body)))


@router.post("/refusal", response_model=CaseSummary)
async def record_refusal(file: MediationToLead, body: RefusalIn, deed: DeedDep) -> Response:
    """T17: a documented refusal, or a party out of reach after three contacts on two days."""
    if body.unreachable:
        attempts = attempts_of(body)
        return await answered(
            deed, file.file, lambda: give_up(deed.on, file, attempts, body.reason, body.party)
        )
    side = refusing_side(file, body)
    return await answered(deed, file.file, lambda: refuse(deed.on, file, side, body.reason))


@router.post("/agreement", response_model=CaseSummary)
async def record_agreement(file: MediationToLead, body: AgreementIn, deed: DeedDep) -> Response:
    """T18 with obligations left, T19 without."""
    return await answered(deed, file.file, lambda: agree(deed.on, file, agreed_of(body)))


@router.post("/extension", response_model=CaseSummary)
async def give_more_time(
    file: MediationToLead, body: MediationExtensionIn, deed: DeedDep
) -> Response:
    """CK-08: thirty days more, once, by the consent of both parties."""
    return await answered(
        deed, file.file, lambda: extend_mediation(deed.on, file, body.agreeing, body.reason)
    )


@router.post("/failure", response_model=CaseSummary)
async def record_failure(file: MediationToEnd, body: FailureIn, deed: DeedDep) -> Response:
    """T20: held or refused, and no agreement; the parties are told their other routes (N10)."""
    return await answered(deed, file.file, lambda: fail(deed.on, file, body.reason))
