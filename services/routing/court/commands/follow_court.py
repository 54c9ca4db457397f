"""T39, T40, T42: the court registers and concludes, or the matter does not reach it."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.submit import Result, hand_in, write_result
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import follow
from services.routing.court.commands.hand_over import PACKAGES, package_state
from services.routing.court.domain.matters import (
    NOT_FILED_TEXT,
    OUTCOMES,
    OtherCaseNumber,
    Outcome,
    Stage,
    refuse_unless_filed,
    refuse_unless_handed_over,
)
from services.routing.court.numbers import printed_number
from services.routing.court.queries import open_matter
from services.routing.court.tables import JudicialMatter
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseResultSubmitted, JudicialConcluded, JudicialFiled
from shared.contracts.vocabulary import ResultCode


async def file_in_court(on: Occasion, file: CaseFile, matter: JudicialMatter, number: str) -> None:
    """T39. Raises PackageNotAwaitingFiling, InvalidCourtCaseNumber or NumberOfAnotherCourt."""
    refuse_unless_handed_over(matter.stage)
    printed = await _own_number(on, file, matter, number)
    move(on, file, Action.FILE_IN_COURT)
    matter.stage, matter.filed_at, matter.court_case_number = Stage.FILED, on.now, printed
    await tell(on, file, JudicialFiled, package=package_state(matter), court_case_number=printed)


async def conclude(
    on: Occasion, file: CaseFile, matter: JudicialMatter, number: str, outcome: Outcome
) -> None:
    """T42: the result goes to review. Raises MatterNotInCourt or OtherCaseNumber."""
    refuse_unless_filed(matter.stage)
    await refuse_other_number(on, file, matter, number)
    move(on, file, Action.CONCLUDE_IN_COURT, details={"outcome": outcome})
    matter.stage, matter.outcome, matter.ended_at = Stage.CONCLUDED, outcome, on.now
    write_result(on, file, Result(ResultCode.TO_LITIGATION, OUTCOMES[outcome]))
    await follow(on, file, Action.CONCLUDE_IN_COURT)
    await tell(on, file, JudicialConcluded, package=package_state(matter), outcome=outcome)
    await tell(on, file, CaseResultSubmitted)


async def not_filed(on: Occasion, file: CaseFile, reason: str) -> None:
    """T40: the party will not sue, or the court did not register."""
    move(on, file, Action.NOT_FILED, note=reason)
    matter = await open_matter(on.session, file.case.id)
    if matter is not None:
        matter.stage, matter.ended_at = Stage.NOT_FILED, on.now
        matter.reason = on.conceal(reason, PACKAGES, matter.id, "reason")
    await follow(on, file, Action.NOT_FILED)
    await hand_in(on, file, Result(ResultCode.TO_LITIGATION, NOT_FILED_TEXT))


async def refuse_other_number(
    on: Occasion, file: CaseFile, matter: JudicialMatter, number: str
) -> None:
    """Raises OtherCaseNumber, InvalidCourtCaseNumber or NumberOfAnotherCourt."""
    if await _own_number(on, file, matter, number) != matter.court_case_number:
        raise OtherCaseNumber


async def _own_number(on: Occasion, file: CaseFile, matter: JudicialMatter, number: str) -> str:
    assert matter.court_id is not None, "a package is addressed to a court"
    return await printed_number(on, file, matter.court_id, number)
