"""T15: mediation is proposed; consents are recorded; a session is scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.numbering import yearly_series
from services.routing.cases.numbers import next_number
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.commands import begin
from services.routing.directory.queries import mediators_of, organisation_by_id
from services.routing.mediation.domain.agreements import file_number
from services.routing.mediation.domain.consent import (
    AnonymousCannotMediate,
    Consent,
    Side,
    refuse_unless_agreed,
    respondent_of,
)
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import latest
from services.routing.mediation.tables import Mediation, Party
from services.routing.occasion import Occasion
from shared.clock import BEIJING
from shared.contracts.routing import MediationRequested, MediationScheduled
from shared.contracts.vocabulary import CaseStatus, OrganisationKind
from shared.errors import Invalid
from shared.ids import new_id
from shared.rulebook import ClockKind


class UnknownCommittee(Invalid):
    """There is no such mediation committee, or the mediator does not belong to it."""

    code = "UNKNOWN_COMMITTEE"
    chinese = "没有这个调解委员会，或调解员不属于该委员会。"


class ScheduledInThePast(Invalid):
    """A session is scheduled for the future."""

    code = "SCHEDULED_IN_THE_PAST"
    chinese = "调解时间不能早于现在。"


@dataclass(frozen=True)
class Wish:
    """A committee takes the case when one is named; otherwise who asks mediates."""

    committee_id: UUID | None = None
    mediator_id: UUID | None = None
    respondent: Side | None = None


async def request(on: Occasion, file: CaseFile, wish: Wish) -> None:
    """Propose mediation, or hand one that is under way to a committee.

    Raises AnonymousCannotMediate or UnknownCommittee.
    """
    if file.case.anonymous:
        raise AnonymousCannotMediate
    await _refuse_unknown(on, wish)
    under_way = file.case.status is CaseStatus.MEDIATING
    move(on, file, Action.REQUEST_MEDIATION)
    if under_way:
        mediation = (await latest(on.session, file)).mediation
    else:
        mediation = (await open_mediation(on, file, wish.respondent)).mediation
    if wish.committee_id is not None and mediation.committee_id is None:
        mediation.committee_id, mediation.mediator_id = wish.committee_id, wish.mediator_id
        await begin(on, file, [ClockKind.FORMAL_MEDIATION], at=on.now)
    await tell(on, file, MediationRequested)


async def open_mediation(on: Occasion, file: CaseFile, respondent: Side | None) -> MediationFile:
    """A new attempt with its parties, none of whom has consented yet."""
    mediation = Mediation(
        id=new_id(),
        case_id=file.case.id,
        stage="CONSENT_PENDING",
        organiser_id=on.actor.organisation_id,
        file_number=await _file_number(on, file),
        requested_at=on.now,
    )
    parties = _parties(on, file, mediation, respondent)
    on.session.add(mediation)
    await on.session.flush()
    on.session.add_all(parties.values())
    return MediationFile(file, mediation, parties)


async def consent(on: Occasion, file: MediationFile, side: Side, consent: Consent) -> None:
    """Note what a party decided. Raises NotAParty."""
    party = file.party(side)
    move(on, file.file, Action.CONSENT, details={"side": side, "consent": consent})
    party.consent, party.decided_at, party.recorded_by = consent, on.now, on.actor.id


async def schedule(on: Occasion, file: MediationFile, time: datetime, place: str) -> None:
    """Raises ConsentMissing, ConsentRefused or ScheduledInThePast."""
    refuse_unless_agreed(file.consents)
    if time < on.now:
        raise ScheduledInThePast
    move(on, file.file, Action.SCHEDULE)
    mediation = file.mediation
    mediation.stage, mediation.scheduled_for, mediation.place = "SCHEDULED", time, place
    await tell(
        on,
        file.file,
        MediationScheduled,
        scheduled_for=time,
        place=place,
        respondent=file.respondent,
    )


def _parties(
    on: Occasion, file: CaseFile, mediation: Mediation, respondent: Side | None
) -> dict[Side, Party]:
    company = file.case.company_id
    lead = rulebook_of(on, file).category(file.case.category).lead
    other = respondent or respondent_of(lead, has_company=company is not None)
    owner = file.owner_ids[0] if file.owner_ids else None
    identities = {Side.OWNER: owner, other: company if other is Side.COMPANY else None}
    return {
        side: Party(mediation_id=mediation.id, side=side, identity=identity)
        for side, identity in identities.items()
    }


async def _file_number(on: Occasion, file: CaseFile) -> str:
    number = await next_number(on.session, yearly_series("mediation", on.now))
    pattern = rulebook_of(on, file).courts.mediation_file_number
    return file_number(pattern, on.now.astimezone(BEIJING), number)


async def _refuse_unknown(on: Occasion, wish: Wish) -> None:
    if wish.committee_id is None:
        if wish.mediator_id is not None:
            raise UnknownCommittee
        return
    committee = await organisation_by_id(on.session, wish.committee_id)
    if committee is None or committee.kind is not OrganisationKind.MEDIATION_COMMITTEE:
        raise UnknownCommittee
    mediators = await mediators_of(on.session, wish.committee_id)
    if wish.mediator_id not in (None, *(each.staff.id for each in mediators)):
        raise UnknownCommittee
