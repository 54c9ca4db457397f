"""T44: a supervision order presses the assignee; the owner is told."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.occasion import Occasion
from services.routing.supervision.domain.orders import Cause, refuse_answered
from services.routing.supervision.queries import order_for_clock
from services.routing.supervision.tables import SupervisionOrder
from shared.clocks import ClockRow
from shared.contracts.routing import CaseSupervised
from shared.ids import new_id

ORDERS = "supervision_order"


@dataclass(frozen=True)
class Order:
    """Why the case is supervised; `clock` is the run of a clock that nobody met in time."""

    cause: Cause
    words: str | None = None
    clock: ClockRow | None = None


async def supervise(on: Occasion, file: CaseFile, order: Order) -> None:
    """One order for one run of a clock, however many steps lead to it (X18)."""
    if order.clock and await order_for_clock(on.session, order.clock):
        return
    move(on, file, Action.SUPERVISE, details={"cause": order.cause})
    file.case.supervised = True
    row = _row(on, file, order)
    on.session.add(row)
    await on.session.flush()
    clock = order.clock.kind if order.clock else None
    await tell(on, file, CaseSupervised, order_id=row.id, cause=order.cause, clock=clock)


async def answer(on: Occasion, file: CaseFile, order: SupervisionOrder, words: str) -> None:
    """The assignee says what is done about it. Raises OrderAlreadyAnswered."""
    refuse_answered(order.answered_at is not None)
    order.answer = on.conceal(words, ORDERS, order.id, "answer")
    order.answered_at, order.answered_by = on.now, on.actor.id
    on.audit("supervision.answered", "case", file.case.id, {"order": str(order.id)})


def _row(on: Occasion, file: CaseFile, order: Order) -> SupervisionOrder:
    order_id = new_id()
    return SupervisionOrder(
        id=order_id,
        case_id=file.case.id,
        cause=order.cause,
        clock=order.clock.kind if order.clock else None,
        clock_started_at=order.clock.started_at if order.clock else None,
        words=order.words and on.conceal(order.words, ORDERS, order_id, "words"),
        issued_at=on.now,
        issued_by=on.actor.id,
        issuer_end=on.actor.end,
    )
