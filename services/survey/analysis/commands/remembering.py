"""What events tell of clocks and objections, whatever the order in which they arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.analysis.tables import CaseClocks, DispatchObjection
from shared.contracts.routing import CaseEvent, CaseReturnDecided, CaseReturned
from shared.messaging import Reception, keep_newest


async def remember_clocks(receptions: Sequence[Reception[CaseEvent]]) -> None:
    states = [each.event.case for each in receptions]
    rows = [state.model_dump(mode="json", include={"id", "version", "clocks"}) for state in states]
    await keep_newest(receptions[0].session, CaseClocks, rows)


async def remember_objection(reception: Reception[CaseReturned]) -> None:
    event = reception.event
    raised = {"raised_at": reception.envelope.time, "reason": event.reason}
    key = {"case_id": event.case.id, "unit_id": event.organisation_id}
    await _upsert(reception.session, key, raised)


async def remember_decision(reception: Reception[CaseReturnDecided]) -> None:
    """T13: upheld where somebody else has the case now."""
    event = reception.event
    handler = event.case.handler
    upheld = handler is None or handler.organisation_id != event.returned_by
    key = {"case_id": event.case.id, "unit_id": event.returned_by}
    decided = {"decided_at": reception.envelope.time, "upheld": upheld}
    await _upsert(reception.session, key, decided)


async def _upsert(session: AsyncSession, key: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    row = insert(DispatchObjection).values(**key, **told)
    await session.execute(row.on_conflict_do_update(index_elements=list(key), set_=told))
