"""X18: a breach that nobody has mended is carried further up (lifecycle 3.6)."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.occasion import Occasion
from services.routing.supervision.commands.supervise import Order, supervise
from services.routing.supervision.domain.ladder import orders_supervision, step_at
from services.routing.supervision.domain.orders import Cause
from services.routing.supervision.tables import Escalation
from shared.clocks import ClockRow
from shared.contracts.routing import CaseEscalated
from shared.ids import new_id


async def escalate(on: Occasion, file: CaseFile, clock: ClockRow, rung: int) -> None:
    """Record the step, tell the desks it names, and issue the order where the step says so."""
    assert clock.breached_at is not None, "only a breached clock climbs"
    step = step_at(rung, rulebook_of(on, file))
    details = {"clock": clock.kind, "after_hours": step.after_hours, "colour": step.colour}
    move(on, file, Action.ESCALATE, details=details)
    on.session.add(
        Escalation(
            id=new_id(),
            case_id=file.case.id,
            clock=clock.kind,
            breached_at=clock.breached_at,
            after_hours=step.after_hours,
            colour=step.colour,
            action=step.action,
            at=on.now,
        )
    )
    await tell(
        on,
        file,
        CaseEscalated,
        clock=clock.kind,
        colour=step.colour,
        desks=tuple(step.to),
        after_hours=step.after_hours,
    )
    if orders_supervision(step):
        await supervise(on, file, Order(Cause.OVERDUE, clock=clock))
