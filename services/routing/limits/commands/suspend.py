"""T27: a pause is asked for, granted or denied; then all internal clocks stand still (X06, X07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action, transition
from services.routing.cases.domain.policies import has_county_centre, is_assignee
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.moving import pause_internal_clocks
from services.routing.limits.domain.policies import OwnRequest
from services.routing.limits.domain.suspending import (
    SuspensionPending,
    needs_centre,
    refuse_impossible,
    refuse_without_centre,
)
from services.routing.limits.ending import watch
from services.routing.limits.queries import (
    is_suspension_pending,
    pending_suspension,
    suspensions_granted,
)
from services.routing.limits.tables import Suspension
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseSuspended, SuspensionDenied, SuspensionRequested
from shared.contracts.vocabulary import Grade
from shared.ids import new_id
from shared.rulebook import Desk, SuspensionReason

SUSPENSIONS = "suspension"


@dataclass(frozen=True)
class Pause:
    """What is waited for, and until when."""

    reason: SuspensionReason
    until: datetime
    note: str


async def suspend(on: Occasion, file: CaseFile, pause: Pause) -> None:
    """The assignee asks; a desk that coordinates suspends at once.

    Raises ActionNotPossible, SuspensionPending, UnknownSuspensionReason, EndInThePast or
    SuspensionNeedsCentre.
    """
    transition(file.case.status, Action.ASK_TO_SUSPEND)  # says so before any other reason
    refuse_impossible(rulebook_of(on, file).suspension, pause.reason, pause.until, on.now)
    if await is_suspension_pending(on.session, file.case.id):
        raise SuspensionPending
    asked = _asked(on, file, pause)
    if is_assignee(on.actor, file.standing):
        move(on, file, Action.ASK_TO_SUSPEND, details={"reason": pause.reason})
        on.session.add(asked)
        desks = (await _deciding_desk(on, file, asked),)
        reason, until = pause.reason, pause.until
        await tell(on, file, SuspensionRequested, reason=reason, until=until, desks=desks)
    else:
        await _grant(on, file, asked)
        on.session.add(asked)


async def grant_suspension(on: Occasion, file: CaseFile, ruling: str) -> None:
    """Raises SuspensionNotAsked, OwnRequest, EndInThePast or SuspensionNeedsCentre."""
    asked = await _to_decide(on, file, ruling)
    await _grant(on, file, asked)


async def deny_suspension(on: Occasion, file: CaseFile, ruling: str) -> None:
    """Raises SuspensionNotAsked or OwnRequest."""
    asked = await _to_decide(on, file, ruling)
    move(on, file, Action.DENY_SUSPENSION, note=ruling)
    asked.decided_by, asked.decided_at, asked.granted = on.actor.id, on.now, False
    await tell(on, file, SuspensionDenied, reason=asked.reason)


async def _grant(on: Occasion, file: CaseFile, asked: Suspension) -> None:
    reason = SuspensionReason(asked.reason)
    await _refuse(on, file, asked, reason)
    before = file.case.status
    move(on, file, Action.SUSPEND, details={"reason": reason, "until": asked.until.isoformat()})
    file.case.suspended_from = before
    asked.decided_by, asked.decided_at, asked.granted = on.actor.id, on.now, True
    asked.began_at = on.now
    await pause_internal_clocks(on, file, reason)
    await watch(on, asked)
    await tell(on, file, CaseSuspended, reason=reason, until=asked.until)


async def _refuse(
    on: Occasion, file: CaseFile, asked: Suspension, reason: SuspensionReason
) -> None:
    refuse_impossible(rulebook_of(on, file).suspension, reason, asked.until, on.now)
    refuse_without_centre(
        needed=await _needs_centre(on, file, asked),
        by_county_centre=has_county_centre(on.actor, file.standing),
    )


async def _needs_centre(on: Occasion, file: CaseFile, asked: Suspension) -> bool:
    before = await suspensions_granted(on.session, file.case.id, asked.organisation_id)
    return needs_centre(rulebook_of(on, file).suspension, before, asked.until, on.now)


async def _deciding_desk(on: Occasion, file: CaseFile, asked: Suspension) -> Desk:
    """Who may say yes: the leader to a small matter, else the street, the county to more (X07)."""
    if await _needs_centre(on, file, asked):
        return Desk.COUNTY_CENTRE
    return Desk.GRID_LEADER if file.case.grade == Grade.SMALL else Desk.STREET_CENTRE


async def _to_decide(on: Occasion, file: CaseFile, ruling: str) -> Suspension:
    asked = await pending_suspension(on.session, file.case.id)
    if asked.asked_by == on.actor.id:
        raise OwnRequest
    asked.ruling = on.conceal(ruling, SUSPENSIONS, asked.id, "ruling")
    return asked


def _asked(on: Occasion, file: CaseFile, pause: Pause) -> Suspension:
    lead = file.lead
    assert lead is not None, "a case under way has an assignee"
    suspension_id = new_id()
    return Suspension(
        id=suspension_id,
        case_id=file.case.id,
        organisation_id=lead.organisation_id,
        reason=pause.reason,
        note=on.conceal(pause.note, SUSPENSIONS, suspension_id, "note"),
        until=pause.until,
        asked_by=on.actor.id,
        asked_at=on.now,
    )
