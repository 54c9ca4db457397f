"""From request bodies to what the commands take."""

from __future__ import annotations

from services.routing.mediation.commands.conclude import Agreed, Duty
from services.routing.mediation.commands.hold import Attempt, Attendee, Held
from services.routing.mediation.domain.agreements import Acts
from services.routing.mediation.domain.consent import Consent, NotAParty, Side
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.schemas import AgreementIn, ObligationIn, RefusalIn, SessionIn


def held_of(body: SessionIn) -> Held:
    attendees = [Attendee(each.capacity, each.name) for each in body.attendees]
    return Held(body.held_at, body.place, attendees, body.notes)


def attempts_of(body: RefusalIn) -> list[Attempt]:
    return [Attempt(each.at, each.means) for each in body.contacts]


def refusing_side(file: MediationFile, body: RefusalIn) -> Side:
    """The party named, or the one that has said so already. Raises NotAParty."""
    if body.party is not None:
        return body.party
    for side, consent in file.consents.items():
        if consent is Consent.REFUSED:
            return side
    raise NotAParty


def agreed_of(body: AgreementIn) -> Agreed:
    return Agreed(
        kind=body.kind,
        content=body.content,
        duties=[_duty(each) for each in body.obligations],
        acts=Acts(body.signed_at, body.mediator_signed_at, body.sealed_at),
        concerns_ownership=body.concerns_ownership,
        result_code=body.result_code,
    )


def _duty(body: ObligationIn) -> Duty:
    return Duty(body.party, body.what, body.amount, body.due_on, body.done)
