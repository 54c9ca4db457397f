"""Keeping the copies: the newest version wins, in whatever order events arrive (X37)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.survey.copies.tables import CaseCopy, ComplaintCopy
from shared.contracts.intake import ComplaintEvent
from shared.contracts.routing import CaseEvent
from shared.messaging import Reception, keep_newest

COMPLAINT = {"id", "version", "number", "state", "owner_id", "anonymous"}
CASE = {"id", "version", "number", "state"}


async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    rows = [_row(each.event.complaint.model_dump(mode="json"), COMPLAINT) for each in receptions]
    await keep_newest(receptions[0].session, ComplaintCopy, rows)


async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    rows = [_row(each.event.case.model_dump(mode="json"), CASE) for each in receptions]
    await keep_newest(receptions[0].session, CaseCopy, rows)


def _row(state: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    return {name: state[name] for name in columns}
