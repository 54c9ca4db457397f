"""CK-16: ordered in a talk, proven by the company, accepted by the street; or overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.routing.cases.commands.dispatch import UnknownUnit
from services.routing.cases.commands.review import ReasonMissing
from services.routing.clocks.calendar import working_calendar
from services.routing.clocks.domain.deadlines import start_of
from services.routing.clocks.starting import clock_start
from services.routing.directory.queries import KnownEstate, organisation_by_id
from services.routing.governance.domain.rectification import (
    Cause,
    Stage,
    Step,
    TalkNotHeldYet,
    after,
    refuse_extension,
)
from services.routing.governance.tables import Rectification
from services.routing.occasion import Occasion
from shared import clocks
from shared.clocks import ClockRow
from shared.contracts.routing import (
    RectificationAccepted,
    RectificationDueSoon,
    RectificationEvent,
    RectificationExtended,
    RectificationOrdered,
    RectificationOverdue,
    RectificationState,
)
from shared.contracts.vocabulary import OrganisationKind
from shared.counting import Deadline, extended
from shared.ids import new_id
from shared.rulebook import ClockKind

RECTIFICATIONS = "rectification"
KIND = ClockKind.RECTIFICATION


@dataclass(frozen=True)
class Talk:
    """Who was talked to about which estate, when, and what has to be mended."""

    company_id: UUID
    estate: KnownEstate
    cause: Cause
    held_at: datetime
    demands: str


async def order(on: Occasion, talk: Talk) -> Rectification:
    """Raises UnknownUnit or TalkNotHeldYet."""
    if talk.held_at > on.now:
        raise TalkNotHeldYet
    company = await organisation_by_id(on.session, talk.company_id)
    if company is None or company.kind is not OrganisationKind.COMPANY:
        raise UnknownUnit
    row = _row(on, talk)
    on.session.add(row)
    await on.session.flush()
    await _start(on, row)
    await _tell(on, row, RectificationOrdered)
    return row


async def file_proof(on: Occasion, row: Rectification, answer: str, proofs: Sequence[str]) -> None:
    """The clock waits for the street's decision. Raises StepNotPossible."""
    _step(on, row, Step.FILE_PROOF)
    row.answer = on.conceal(answer, RECTIFICATIONS, row.id, "answer")
    row.proofs, row.proven_at = list(proofs), on.now
    await clocks.pause(on.session, row.id, KIND, at=on.now)


async def reject(on: Occasion, row: Rectification, reason: str | None) -> None:
    """What was left of the period is left again. Raises ReasonMissing or StepNotPossible."""
    if reason is None:
        raise ReasonMissing
    _step(on, row, Step.REJECT)
    row.review = on.conceal(reason, RECTIFICATIONS, row.id, "review")
    row.proven_at = None
    await clocks.resume(on.session, row.id, KIND, at=on.now)


async def accept(on: Occasion, row: Rectification) -> None:
    """Met when the proof was filed, however long the decision took. Raises StepNotPossible."""
    _step(on, row, Step.ACCEPT)
    row.accepted_at = on.now
    await clocks.meet(on.session, row.id, KIND, at=row.proven_at or on.now)
    await _tell(on, row, RectificationAccepted)


async def extend(on: Occasion, row: Rectification) -> None:
    """U28: once, before the date.

    Raises StepNotPossible, ExtendedAlready or TooLateToExtend.
    """
    clock = await clock_of(on, row)
    breached = clock.breached_at is not None or on.now > clock.due_at
    refuse_extension(extended=row.extended_at is not None, breached=breached)
    _step(on, row, Step.EXTEND)
    row.extended_at = on.now
    longer = on.runtime.rulebooks.in_force_at(on.now).sla.rectification_extension
    due = extended(Deadline(clock.due_at), longer)
    await clocks.set_due(on.session, row.id, KIND, due_at=due.at, at=on.now)
    await _tell(on, row, RectificationExtended)


async def remind(on: Occasion, row: Rectification, share: float) -> None:
    """3.6: a share of CK-16 has passed without a proof."""
    row.version += 1
    await _tell(on, row, RectificationDueSoon, share=share)


async def run_out(on: Occasion, row: Rectification) -> None:
    """CK-16 breached: the credit file hears of it; the duty stays."""
    row.version += 1
    row.overdue = True
    on.audit("rectification.overdue", "rectification", row.id, {})
    await _tell(on, row, RectificationOverdue)


async def clock_of(on: Occasion, row: Rectification) -> ClockRow:
    return (await clocks.of_subject(on.session, row.id))[-1]


def _row(on: Occasion, talk: Talk) -> Rectification:
    row_id = new_id()
    return Rectification(
        id=row_id,
        company_id=talk.company_id,
        estate_id=talk.estate.id,
        division=talk.estate.division,
        cause=talk.cause,
        stage=Stage.OPEN,
        demands=on.conceal(talk.demands, RECTIFICATIONS, row_id, "demands"),
        talk_held_at=talk.held_at,
        ordered_at=on.now,
        ordered_by=on.actor.id,
    )


async def _start(on: Occasion, row: Rectification) -> None:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    calendar = await working_calendar(on.session)
    start = start_of(KIND, row.talk_held_at, rulebook, calendar)
    await clocks.start(on.session, clock_start(row.id, start))
    on.audit("rectification.ordered", "rectification", row.id, {"cause": row.cause})


def _step(on: Occasion, row: Rectification, step: Step) -> None:
    row.stage = after(row.stage, step)
    row.version += 1
    on.audit(f"rectification.{step.lower()}", "rectification", row.id, {"stage": row.stage})


async def _tell(
    on: Occasion, row: Rectification, event: type[RectificationEvent], **facts: Any
) -> None:
    clock = await clock_of(on, row)
    state = RectificationState(
        id=row.id,
        version=row.version,
        company_id=row.company_id,
        estate_id=row.estate_id,
        division=row.division,
        cause=row.cause,
        stage=row.stage,
        talk_held_at=row.talk_held_at,
        due_at=clock.due_at,
        accepted_at=row.accepted_at,
        overdue=row.overdue,
    )
    on.publish(event(rectification=state, **facts))
