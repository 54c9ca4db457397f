"""T24, and the last step of every other way to a result: it is handed in for review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.cases.tables import CaseResult
from services.routing.clocks.commands import follow
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseResultSubmitted
from shared.contracts.vocabulary import ResultCode
from shared.ids import new_id

RESULTS = "case_result"


@dataclass(frozen=True)
class Result:
    """`proofs` are numbers of documents or addresses of photographs."""

    code: ResultCode
    text: str
    proofs: Sequence[str] = ()


async def submit_result(on: Occasion, file: CaseFile, result: Result) -> None:
    """T24."""
    move(on, file, Action.SUBMIT_RESULT, details={"result": result.code})
    await follow(on, file, Action.SUBMIT_RESULT)
    await hand_in(on, file, result)


async def hand_in(on: Occasion, file: CaseFile, result: Result) -> None:
    """Write down a result whose transition has been made, and tell of it."""
    write_result(on, file, result)
    await tell(on, file, CaseResultSubmitted)


def write_result(on: Occasion, file: CaseFile, result: Result) -> None:
    """Before anything is told: all events of one version carry the same state (X37)."""
    file.case.result_code = result.code
    file.submitted_by = on.actor.id
    result_id = new_id()
    on.session.add(
        CaseResult(
            id=result_id,
            case_id=file.case.id,
            code=result.code,
            text=on.conceal(result.text, RESULTS, result_id),
            proofs=list(result.proofs),
            submitted_by=on.actor.id,
            submitted_at=on.now,
        )
    )
