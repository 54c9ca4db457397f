"""T16, T17: a session was held, or a party refused or could not be reached."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.routing.cases.commands.police import flag_police_words
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.commands import follow
from services.routing.field.domain.contacts import in_vain
from services.routing.field.queries import contacts_of
from services.routing.mediation.commands.court_mediation import give_back
from services.routing.mediation.domain.consent import (
    Consent,
    Side,
    refuse_if_refused,
    refuse_too_few_contacts,
)
from services.routing.mediation.domain.validity import (
    Capacity,
    judge_session,
    refuse_impossible_time,
)
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.tables import Contact, Session
from services.routing.occasion import Occasion
from shared.contracts.routing import MediationHeld, MediationRefused
from shared.ids import new_id

SESSIONS = "mediation_session"
MEDIATIONS = "mediation"
UNREACHABLE = "UNREACHABLE"


@dataclass(frozen=True)
class Attendee:
    capacity: Capacity
    name: str | None = None


@dataclass(frozen=True)
class Held:
    """A session as its record says; the notes stay with those who mediate (invariant 10)."""

    held_at: datetime
    place: str
    attendees: Sequence[Attendee]
    notes: str

    @property
    def capacities(self) -> list[Capacity]:
        return list(dict.fromkeys(attendee.capacity for attendee in self.attendees))


@dataclass(frozen=True)
class Attempt:
    """One try to reach a party, and by which means."""

    at: datetime
    means: str


async def hold(on: Occasion, file: MediationFile, held: Held) -> None:
    """CK-03 is met by a valid session, at the moment of its record (B05).

    Raises ConsentRefused or NotHeldYet.
    """
    refuse_if_refused(file.consents)
    case = file.file.case
    refuse_impossible_time(held.held_at, case.first_dispatch_at or on.now, on.now)
    rules = rulebook_of(on, file.file).mediation
    judged = judge_session(held.capacities, rules, has_company=case.company_id is not None)
    move(on, file.file, Action.HOLD_SESSION, details={"valid": judged.valid})
    _write(on, file, held, judged.valid, judged.excuse)
    file.mediation.stage = "HELD"
    _who_came_agreed(on, file, held)
    if judged.valid:
        await follow(on, file.file, Action.HOLD_SESSION)
    await tell(on, file.file, MediationHeld, held_at=held.held_at, valid=judged.valid)
    await flag_police_words(on, file.file, held.notes)


async def refuse(on: Occasion, file: MediationFile, side: Side, reason: str) -> None:
    """T17: a party does not want to; the refusal on record meets CK-03 (facts 2.1)."""
    party = file.party(side)
    party.consent, party.decided_at, party.recorded_by = Consent.REFUSED, on.now, on.actor.id
    await _end(on, file, "REFUSED", reason)


async def give_up(
    on: Occasion,
    file: MediationFile,
    attempts: Sequence[Attempt],
    reason: str,
    side: Side | None = None,
) -> None:
    """T17: `side`, or else the respondent, not reached after enough attempts, told now or on
    record (X22). Raises TooFewContacts.
    """
    needed = rulebook_of(on, file.file).mediation.contact
    told = [attempt.at for attempt in attempts]
    contacts = await contacts_of(on.session, file.file.case.id)
    logged = [each.at for each in in_vain(contacts, side or file.respondent)]
    refuse_too_few_contacts([*told, *(at for at in logged if at not in told)], needed)
    for attempt in attempts:
        on.session.add(
            Contact(
                id=new_id(),
                mediation_id=file.mediation.id,
                at=attempt.at,
                means=attempt.means,
            )
        )
    await _end(on, file, UNREACHABLE, reason)


async def _end(on: Occasion, file: MediationFile, stage: str, reason: str) -> None:
    if file.mediation.court_procedure is not None:
        await give_back(on, file, stage, reason)
        return
    move(on, file.file, Action.REFUSE_MEDIATION, details={"stage": stage})
    mediation = file.mediation
    mediation.stage, mediation.ended_at = stage, on.now
    mediation.reason = on.conceal(reason, MEDIATIONS, mediation.id, "reason")
    await follow(on, file.file, Action.REFUSE_MEDIATION)
    await tell(on, file.file, MediationRefused, unreachable=stage == UNREACHABLE)


def _write(on: Occasion, file: MediationFile, held: Held, valid: bool, excuse: str | None) -> None:
    session_id = new_id()
    names = [{"capacity": each.capacity, "name": each.name} for each in held.attendees]
    attendees = json.dumps(names, ensure_ascii=False)
    on.session.add(
        Session(
            id=session_id,
            mediation_id=file.mediation.id,
            held_at=held.held_at,
            recorded_at=on.now,
            place=held.place,
            capacities=list(held.capacities),
            valid=valid,
            excuse=excuse,
            attendees=on.conceal(attendees, SESSIONS, session_id, "attendees"),
            notes=on.conceal(held.notes, SESSIONS, session_id, "notes"),
        )
    )


def _who_came_agreed(on: Occasion, file: MediationFile, held: Held) -> None:
    """Taking part is consent; whoever was asked before keeps that answer."""
    for side, party in file.parties.items():
        if party.consent == Consent.PENDING and Capacity(side.value) in held.capacities:
            party.consent, party.decided_at = Consent.AGREED, on.now
            party.recorded_by = on.actor.id
