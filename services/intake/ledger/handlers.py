"""What the ledger hears: whom a case was sent to, and what return visits found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.intake.ledger.tables import CaseHandler, VisitRating
from services.intake.subscriptions import subscriptions
from shared.contracts.routing import CaseDispatched, CaseRegraded, JointOpened
from shared.contracts.survey import VisitAnswered
from shared.messaging import Reception, keep_newest

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


@subscriptions.batch(VisitAnswered)
async def remember_ratings(receptions: Sequence[Reception[VisitAnswered]]) -> None:
    wanted = {"id", "version", "complaint_id", "solved", "result_level", "answered_at"}
    rows = [each.event.visit.model_dump(mode="json", include=wanted) for each in receptions]
    await keep_newest(receptions[0].session, VisitRating, rows)
