"""T34 to T36: both parties apply jointly for judicial confirmation; the court decides."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.numbering import yearly_number, yearly_series
from services.routing.cases.numbers import next_number
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import due_of, follow
from services.routing.court.addressing import addressed_court
from services.routing.mediation.commands.request import open_mediation
from services.routing.mediation.domain.agreements import ApplicationNotPending, refuse_application
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import agreement_of, waiting_application
from services.routing.mediation.tables import Agreement, Application
from services.routing.occasion import Occasion
from shared.contracts.routing import ApplicationState, ConfirmationApplied, ConfirmationDecided
from shared.contracts.vocabulary import ConfirmationOutcome
from shared.errors import Conflict
from shared.ids import new_id
from shared.rulebook import ClockKind

KEEPS_THE_AGREEMENT = (ConfirmationOutcome.CONFIRMED, ConfirmationOutcome.WITHDRAWN)


class NoApplicationWaiting(Conflict):
    """There is no application that waits for a party's consent."""

    code = "NO_APPLICATION_WAITING"
    chinese = "没有等待当事人同意的司法确认申请。"


async def apply(
    on: Occasion, file: MediationFile, court_id: UUID | None, sides: Iterable[Side]
) -> None:
    """Prepare an application; `sides` are those who consent with it. Applied when both have.

    Raises AgreementNotFound, AgreementAlreadyConfirmed, OwnershipIsNotConfirmed,
    ConfirmationTooLate or UnknownCourt.
    """
    agreement = await _agreement(on, file)
    waiting = await waiting_application(on.session, agreement.id)
    application = waiting or await _prepare(on, file.file, agreement, court_id)
    await _consented(on, file, application, sides)


async def consent_to_application(on: Occasion, file: MediationFile, side: Side) -> None:
    """The other party joins; until then nothing is applied for (X25).

    Raises NoApplicationWaiting, NotAParty or ConfirmationTooLate.
    """
    agreement = await _agreement(on, file)
    application = await waiting_application(on.session, agreement.id)
    if application is None:
        raise NoApplicationWaiting
    await _consented(on, file, application, [side])


async def decide(
    on: Occasion,
    file: MediationFile,
    application: Application,
    outcome: ConfirmationOutcome,
    court_case_number: str | None,
) -> None:
    """T35 keeps the agreement; T36 brings the parties back to the table, CK-08 anew.

    Raises ApplicationNotPending for a second decision.
    """
    if application.stage != "APPLIED":
        raise ApplicationNotPending
    kept = outcome in KEEPS_THE_AGREEMENT
    action = Action.CONFIRM if kept else Action.DENY_CONFIRMATION
    move(on, file.file, action, details={"outcome": outcome})
    application.stage, application.decided_at = outcome, on.now
    application.court_case_number = court_case_number
    agreement = await agreement_of(on.session, file.file.case.id)
    if outcome is ConfirmationOutcome.CONFIRMED:
        agreement.confirmed_at = on.now
    if not kept:
        await _back_to_the_table(on, file, agreement)
    await follow(on, file.file, action)
    await tell(
        on,
        file.file,
        ConfirmationDecided,
        application=_state(application),
        outcome=outcome,
        court_case_number=court_case_number,
    )


async def _agreement(on: Occasion, file: MediationFile) -> Agreement:
    agreement = await agreement_of(on.session, file.file.case.id)
    until = await due_of(on, file.file, ClockKind.CONFIRMATION_APPLICATION)
    refuse_application(
        concerns_ownership=agreement.concerns_ownership,
        confirmed=agreement.confirmed_at is not None,
        until=until,
        now=on.now,
    )
    return agreement


async def _prepare(
    on: Occasion, file: CaseFile, agreement: Agreement, court_id: UUID | None
) -> Application:
    court = await addressed_court(on, file, court_id)
    series = yearly_series("SQ", on.now)
    application = Application(
        id=new_id(),
        case_id=file.case.id,
        agreement_id=agreement.id,
        number=yearly_number(series, await next_number(on.session, series)),
        court_id=court.id,
        stage="WAITING",
        prepared_at=on.now,
    )
    on.session.add(application)
    return application


async def _consented(
    on: Occasion, file: MediationFile, application: Application, sides: Iterable[Side]
) -> None:
    given = {file.party(side).side: on.now.isoformat() for side in sides}
    application.consents = given | application.consents
    if set(application.consents) == set(file.parties):
        await _applied(on, file.file, application)
    else:
        move(on, file.file, Action.PREPARE_CONFIRMATION, details={"sides": sorted(given)})


async def _applied(on: Occasion, file: CaseFile, application: Application) -> None:
    move(on, file, Action.APPLY_FOR_CONFIRMATION)
    application.stage, application.applied_at = "APPLIED", on.now
    await follow(on, file, Action.APPLY_FOR_CONFIRMATION)
    await tell(on, file, ConfirmationApplied, application=_state(application))


async def _back_to_the_table(on: Occasion, file: MediationFile, agreement: Agreement) -> None:
    agreement.ended_at = on.now
    respondent = next(side for side in file.parties if side is not Side.OWNER)
    again = await open_mediation(on, file.file, respondent)
    again.mediation.committee_id = file.mediation.committee_id
    again.mediation.mediator_id = file.mediation.mediator_id


def _state(application: Application) -> ApplicationState:
    return ApplicationState(
        application_id=application.id,
        application_number=application.number,
        court_id=application.court_id,
    )
