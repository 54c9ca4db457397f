"""T18, T19, T20: the mediation ends with an agreement, or without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.routing.cases.commands.submit import Result, write_result
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.numbering import yearly_number, yearly_series
from services.routing.cases.numbers import next_number
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import (
    begin,
    due_if_started,
    follow,
    mediation_refused,
)
from services.routing.mediation.commands.court_mediation import give_back, settle
from services.routing.mediation.commands.hold import MEDIATIONS
from services.routing.mediation.domain.agreements import Acts, Kind, effective_at
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.domain.validity import MediationNotTried, NoSessionHeld
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import sessions_of
from services.routing.mediation.tables import Agreement, Obligation
from services.routing.occasion import Occasion
from shared.contracts.routing import (
    AgreementEffective,
    CaseResultSubmitted,
    JudicialGuided,
    MediationAgreed,
    MediationFailed,
)
from shared.contracts.vocabulary import ResultCode
from shared.ids import new_id
from shared.rulebook import ClockKind

AGREEMENTS = "agreement"
OBLIGATIONS = "obligation"
DONE_AT_ONCE = "经调解，双方当事人达成协议，约定事项已当场履行完毕。"


@dataclass(frozen=True)
class Duty:
    """Who does what, worth how much in yuan, until when; or that it is done already."""

    side: Side
    what: str
    amount: Decimal | None = None
    due_on: date | None = None
    done: bool = False


@dataclass(frozen=True)
class Agreed:
    kind: Kind
    content: str
    duties: Sequence[Duty]
    acts: Acts
    concerns_ownership: bool = False
    result_code: ResultCode = ResultCode.AGREED

    @property
    def performed(self) -> bool:
        """Nothing is left to be done (T19)."""
        return all(duty.done for duty in self.duties)


async def agree(on: Occasion, file: MediationFile, agreed: Agreed) -> None:
    """Raises NoSessionHeld, NotAParty, AgreementIncomplete or SignedInTheFuture."""
    if file.mediation.stage != "HELD":
        raise NoSessionHeld
    for duty in agreed.duties:
        file.party(duty.side)
    effective = effective_at(agreed.kind, agreed.acts, on.now)
    action = Action.AGREE_AND_PERFORM if agreed.performed else Action.AGREE
    move(on, file.file, action, details={"kind": agreed.kind})
    agreement = await _write(on, file, agreed, effective)
    file.mediation.stage = f"AGREED_{agreed.kind}"
    file.mediation.ended_at = on.now
    await follow(on, file.file, action)
    await settle(on, file)
    if agreed.performed:
        await _settled(on, file, agreed)
    else:
        await _to_be_performed(on, file, agreed, agreement)


async def fail(on: Occasion, file: MediationFile, reason: str) -> None:
    """T20: the parties are told their other routes (C07, N10); a court's matter goes back to it.

    Raises MediationNotTried.
    """
    if not file.refused and not await sessions_of(on.session, file.mediation.id):
        raise MediationNotTried
    if file.mediation.court_procedure is not None:
        await give_back(on, file, "FAILED", reason)
        return
    move(on, file.file, Action.FAIL_MEDIATION)
    mediation = file.mediation
    mediation.stage, mediation.ended_at = "FAILED", on.now
    mediation.reason = on.conceal(reason, MEDIATIONS, mediation.id, "reason")
    if file.refused:
        await mediation_refused(on, file.file)
    await follow(on, file.file, Action.FAIL_MEDIATION)
    await tell(on, file.file, MediationFailed)
    await tell(on, file.file, JudicialGuided, respondent=file.respondent)


async def _settled(on: Occasion, file: MediationFile, agreed: Agreed) -> None:
    write_result(on, file.file, Result(agreed.result_code, DONE_AT_ONCE))
    await tell(on, file.file, MediationAgreed, written=agreed.kind is Kind.WRITTEN)
    await tell(on, file.file, CaseResultSubmitted)


async def _to_be_performed(
    on: Occasion, file: MediationFile, agreed: Agreed, agreement: Agreement
) -> None:
    """CK-09 counts from the day on which the agreement took effect; about ownership no court
    confirms anything, so nothing runs (X24).
    """
    at = agreement.effective_at
    if not agreement.concerns_ownership:
        await begin(on, file.file, [ClockKind.CONFIRMATION_APPLICATION], at=at)
    until = await due_if_started(on, file.file, ClockKind.CONFIRMATION_APPLICATION, at=at)
    await tell(on, file.file, MediationAgreed, written=agreed.kind is Kind.WRITTEN)
    await tell(
        on,
        file.file,
        AgreementEffective,
        agreement_id=agreement.id,
        effective_at=at,
        confirmation_until=until,
        confirmable=not agreement.concerns_ownership,
        respondent=file.respondent,
    )


async def _write(
    on: Occasion, file: MediationFile, agreed: Agreed, effective: datetime
) -> Agreement:
    agreement_id = new_id()
    series = yearly_series("XY", on.now)
    agreement = Agreement(
        id=agreement_id,
        case_id=file.file.case.id,
        mediation_id=file.mediation.id,
        number=yearly_number(series, await next_number(on.session, series)),
        kind=agreed.kind,
        content=on.conceal(agreed.content, AGREEMENTS, agreement_id, "content"),
        concerns_ownership=agreed.concerns_ownership,
        effective_at=effective,
        performed_at=on.now if agreed.performed else None,
    )
    on.session.add(agreement)
    await on.session.flush()
    on.session.add_all(_obligation(on, agreement, duty) for duty in agreed.duties)
    return agreement


def _obligation(on: Occasion, agreement: Agreement, duty: Duty) -> Obligation:
    obligation_id = new_id()
    return Obligation(
        id=obligation_id,
        agreement_id=agreement.id,
        side=duty.side,
        what=on.conceal(duty.what, OBLIGATIONS, obligation_id, "what"),
        amount=duty.amount,
        due_on=duty.due_on,
        done_at=on.now if duty.done else None,
    )
