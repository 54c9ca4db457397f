"""Orders and steps as their readers see them."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import may_read_handling
from services.routing.cases.tables import Case
from services.routing.occasion import Occasion
from services.routing.supervision.commands.supervise import ORDERS
from services.routing.supervision.domain.orders import Cause
from services.routing.supervision.schemas import EscalationOut, OrderOut
from services.routing.supervision.tables import Escalation, SupervisionOrder


def order_out(on: Occasion, file: CaseFile, row: SupervisionOrder) -> OrderOut:
    known = may_read_handling(on.actor, file.standing)
    return OrderOut(
        id=row.id,
        cause=Cause(row.cause),
        clock=row.clock,
        issued_at=row.issued_at,
        issuer_end=row.issuer_end,
        words=_opened(on, row, "words") if known else None,
        answer=_opened(on, row, "answer") if known else None,
        answered_at=row.answered_at,
    )


def escalation_out(step: Escalation, case: Case) -> EscalationOut:
    return EscalationOut(
        case_id=case.id,
        case_number=case.number,
        estate_name=case.estate_name,
        category=case.category,
        clock=step.clock,
        breached_at=step.breached_at,
        after_hours=step.after_hours,
        colour=step.colour,
        action=step.action,
        at=step.at,
    )


def _opened(on: Occasion, row: SupervisionOrder, column: str) -> str | None:
    ciphertext: str | None = getattr(row, column)
    return on.reveal(ciphertext, ORDERS, row.id, column) if ciphertext else None
