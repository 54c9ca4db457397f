"""What a reader sees of a mediation: notes only for those who mediate (invariant 10)."""

from __future__ import annotations

import json

from services.routing.mediation.commands.conclude import AGREEMENTS, OBLIGATIONS
from services.routing.mediation.commands.hold import SESSIONS
from services.routing.mediation.domain.agreements import Kind
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.domain.policies import may_mediate
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import obligations_of, sessions_of
from services.routing.mediation.schemas import (
    AgreementOut,
    AttendeeOut,
    MediationOut,
    ObligationOut,
    PartyOut,
    SessionOut,
)
from services.routing.mediation.tables import Agreement, Obligation, Session
from services.routing.occasion import Occasion


async def mediation_out(on: Occasion, file: MediationFile) -> MediationOut:
    mediation = file.mediation
    return MediationOut(
        stage=mediation.stage,
        file_number=mediation.file_number,
        requested_at=mediation.requested_at,
        committee_id=mediation.committee_id,
        mediator_id=mediation.mediator_id,
        parties=[
            PartyOut(party=side, consent=party.consent, decided_at=party.decided_at)
            for side, party in sorted(file.parties.items())
        ],
        scheduled_for=mediation.scheduled_for,
        place=mediation.place,
        ended_at=mediation.ended_at,
        court_procedure=mediation.court_procedure,
        received_at=mediation.received_at,
        sessions=await _sessions(on, file),
    )


async def agreement_out(on: Occasion, agreement: Agreement) -> AgreementOut:
    obligations = await obligations_of(on.session, agreement.id)
    return AgreementOut(
        id=agreement.id,
        number=agreement.number,
        kind=Kind(agreement.kind),
        content=on.reveal(agreement.content, AGREEMENTS, agreement.id, "content"),
        effective_at=agreement.effective_at,
        confirmed_at=agreement.confirmed_at,
        performed_at=agreement.performed_at,
        obligations=[_obligation(on, obligation) for obligation in obligations],
    )


async def _sessions(on: Occasion, file: MediationFile) -> list[SessionOut] | None:
    if not may_mediate(on.actor, file.file.standing, file.mediation):
        return None
    rows = await sessions_of(on.session, file.mediation.id)
    return [_session(on, row) for row in rows]


def _session(on: Occasion, row: Session) -> SessionOut:
    attendees = json.loads(on.reveal(row.attendees, SESSIONS, row.id, "attendees"))
    return SessionOut(
        held_at=row.held_at,
        place=row.place,
        valid=row.valid,
        excuse=row.excuse,
        attendees=[AttendeeOut(**each) for each in attendees],
        notes=on.reveal(row.notes, SESSIONS, row.id, "notes"),
    )


def _obligation(on: Occasion, row: Obligation) -> ObligationOut:
    return ObligationOut(
        party=Side(row.side),
        what=on.reveal(row.what, OBLIGATIONS, row.id, "what"),
        amount=row.amount,
        due_on=row.due_on,
        done_at=row.done_at,
    )
