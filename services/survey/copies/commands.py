"""Keeping the copies: the newest version wins, in whatever order events arrive (X37)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.survey.copies.tables import CaseCopy, ComplaintCopy
from shared.contracts.event import PublicState
from shared.contracts.intake import ComplaintEvent
from shared.contracts.routing import CaseEvent
from shared.messaging import Reception, keep_newest

COMPLAINT = {"id", "version", "number", "state", "owner_id", "anonymous"}
CASE = {"id", "version", "state"}


async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    rows = [_row(each.event.complaint, COMPLAINT) for each in receptions]
    await keep_newest(receptions[0].session, ComplaintCopy, rows)


async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    rows = [_row(each.event.case, CASE) for each in receptions]
    await keep_newest(receptions[0].session, CaseCopy, rows)


def _row(state: PublicState, columns: set[str]) -> dict[str, Any]:
    return state.model_dump(mode="json", include=columns)
