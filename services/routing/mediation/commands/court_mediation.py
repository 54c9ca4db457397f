"""Mediation for a court: received, and given back without an agreement (T41, CK-10, CK-11)."""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import begin, follow
from services.routing.court.commands.hand_over import package_state
from services.routing.court.domain.matters import Outcome, Procedure, Stage
from services.routing.court.queries import open_matter
from services.routing.mediation.domain.court import refuse_received
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import latest
from services.routing.mediation.tables import Mediation
from services.routing.occasion import Occasion
from shared.clocks import of_subject
from shared.contracts.routing import CaseProgressed, JudicialReturned
from shared.rulebook import ClockKind

MEDIATIONS = "mediation"
CLOCKS: Mapping[str, ClockKind] = {
    Procedure.DELEGATED: ClockKind.DELEGATED_MEDIATION,
    Procedure.ENTRUSTED: ClockKind.ENTRUSTED_MEDIATION,
    Procedure.ENTRUSTED_SIMPLIFIED: ClockKind.ENTRUSTED_MEDIATION_SIMPLIFIED,
}


async def receive(on: Occasion, file: MediationFile) -> None:
    """The mediator has the papers; CK-10 or CK-11 runs from here.

    Raises NotForACourt or ReceivedAlready.
    """
    mediation = file.mediation
    procedure = refuse_received(mediation.court_procedure, mediation.received_at)
    move(on, file.file, Action.RECEIVE_FROM_COURT, details={"procedure": procedure})
    mediation.received_at = on.now
    await begin(on, file.file, [CLOCKS[procedure]], at=on.now)
    await tell(on, file.file, CaseProgressed, note=None)


async def give_back(on: Occasion, file: MediationFile, stage: str, reason: str) -> None:
    """Without an agreement the matter goes back to the court, which goes on with it."""
    matter = await open_matter(on.session, file.file.case.id)
    assert matter is not None, "a court's mediation has a matter"
    move(on, file.file, Action.RETURN_TO_COURT, details={"stage": stage})
    _end(on, file.mediation, stage, reason)
    matter.stage = Stage.FILED
    await follow(on, file.file, Action.RETURN_TO_COURT)
    await tell(on, file.file, JudicialReturned, package=package_state(matter))


async def give_back_in_time(on: Occasion, file: CaseFile) -> None:
    """CK-10 or CK-11 has run out: the court gets its matter back."""
    await give_back(on, await latest(on.session, file), "TERMINATED", "法院委托的调解期限届满")


async def give_back_if_over(on: Occasion, file: CaseFile) -> None:
    """The period ran out while the case was suspended, when nothing could be given back."""
    rows = await of_subject(on.session, file.case.id)
    running = [row for row in rows if row.kind in CLOCKS.values() and row.state == "RUNNING"]
    if any(row.breached_at is not None for row in running):
        await give_back_in_time(on.by_system(), file)


async def settle(on: Occasion, file: MediationFile) -> None:
    """An agreement ends the matter of a court that had asked for mediation."""
    matter = await open_matter(on.session, file.file.case.id)
    if file.mediation.court_procedure is None or matter is None:
        return
    matter.stage, matter.outcome = Stage.CONCLUDED, Outcome.COURT_MEDIATION
    matter.ended_at = on.now


def _end(on: Occasion, mediation: Mediation, stage: str, reason: str) -> None:
    mediation.stage, mediation.ended_at = stage, on.now
    mediation.reason = on.conceal(reason, MEDIATIONS, mediation.id, "reason")
