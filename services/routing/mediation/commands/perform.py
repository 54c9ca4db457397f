"""T37, T38: the agreement is performed, or broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.submit import Result, write_result
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import follow
from services.routing.mediation.domain.agreements import ConfirmedAgreementIsEnforced
from services.routing.mediation.queries import agreement_of, latest, obligations_of
from services.routing.occasion import Occasion
from shared.contracts.routing import AgreementPerformed, CaseResultSubmitted, JudicialGuided
from shared.contracts.vocabulary import ResultCode

PERFORMED = "调解协议约定的事项已全部履行。"


@dataclass(frozen=True)
class Performance:
    """What proves that every obligation was performed."""

    proofs: Sequence[str]
    result_code: ResultCode = ResultCode.SOLVED
    text: str = PERFORMED


async def perform(on: Occasion, file: CaseFile, performance: Performance) -> None:
    """T37. Raises AgreementNotFound."""
    agreement = await agreement_of(on.session, file.case.id)
    move(on, file, Action.PERFORM_AGREEMENT)
    agreement.performed_at, agreement.proofs = on.now, list(performance.proofs)
    for obligation in await obligations_of(on.session, agreement.id):
        obligation.done_at = obligation.done_at or on.now
    result = Result(performance.result_code, performance.text, performance.proofs)
    write_result(on, file, result)
    await follow(on, file, Action.PERFORM_AGREEMENT)
    await tell(on, file, AgreementPerformed)
    await tell(on, file, CaseResultSubmitted)


async def break_off(on: Occasion, file: CaseFile, reason: str) -> None:
    """T38: somebody does not perform; unless a court has confirmed, the way leads to court.

    Raises AgreementNotFound or ConfirmedAgreementIsEnforced.
    """
    agreement = await agreement_of(on.session, file.case.id)
    if agreement.confirmed_at is not None:
        raise ConfirmedAgreementIsEnforced
    move(on, file, Action.BREAK_AGREEMENT, note=reason)
    agreement.ended_at = on.now
    await follow(on, file, Action.BREAK_AGREEMENT)
    mediated = await latest(on.session, file)
    await tell(on, file, JudicialGuided, broken=True, respondent=mediated.respondent)
