"""The beats that all proposals of consequences share (E19, E24-E27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.survey.credit.domain.consequences import Kind, advance, falling
from services.survey.credit.tables import CreditConsequence
from services.survey.deed import Deed
from shared.audit import append
from shared.ids import new_id


@dataclass(frozen=True)
class Proposal:
    """`periods` are the half-years it follows from, `period` the one that brought it about."""

    kind: Kind
    company_id: UUID
    estate_id: UUID | None
    place: str
    period: str
    periods: Sequence[str]
    details: Mapping[str, Any]


def propose(deed: Deed, proposal: Proposal) -> CreditConsequence:
    values = vars(proposal) | {
        "periods": list(proposal.periods),
        "details": dict(proposal.details),
    }
    row = CreditConsequence(id=new_id(), proposed_at=deed.at, **values)
    deed.session.add(row)
    record(deed, row, "credit.consequence_proposed")
    return row


def withdraw(deed: Deed, rows: Sequence[CreditConsequence]) -> list[CreditConsequence]:
    """What they followed from no longer holds; returns those that fell."""
    fallen = []
    for row in rows:
        if (action := falling(row.kind, row.state)) is not None:
            row.state = advance(row.state, action)
            record(deed, row, "credit.consequence_withdrawn")
            fallen.append(row)
    return fallen


def record(deed: Deed, row: CreditConsequence, action: str, *, reason: str | None = None) -> None:
    row.version += 1
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="credit_consequence",
        subject_id=row.id,
        at=deed.at,
        details={"company": str(row.company_id), "kind": row.kind, "state": row.state},
        reason=reason,
    )
