"""What the ledger hears: whom a case was sent to."""

from __future__ import annotations

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.intake.ledger.tables import CaseHandler
from services.intake.subscriptions import subscriptions
from shared.contracts.routing import CaseDispatched, CaseRegraded, JointOpened
from shared.messaging import Reception

Sent = CaseDispatched | CaseRegraded | JointOpened


@subscriptions.on(CaseDispatched, CaseRegraded, JointOpened)
async def remember_handler(reception: Reception[Sent]) -> None:
    """The first time counts, in whatever order it is heard (X37)."""
    case, since = reception.event.case, reception.envelope.time
    if case.handler is None:
        return
    row = {"case_id": case.id, "handler": case.handler.display_name, "since": since}
    statement = insert(CaseHandler).values(row)
    earliest = func.least(col(CaseHandler.since), statement.excluded.since)
    await reception.session.execute(
        statement.on_conflict_do_update(
            index_elements=["case_id", "handler"], set_={"since": earliest}
        )
    )
