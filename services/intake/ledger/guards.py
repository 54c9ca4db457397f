"""Who reads the ledger, by which rules."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from services.intake.ledger.domain.filters import LedgerFilter
from services.intake.ledger.domain.policies import (
    LedgerForCentreOnly,
    LedgerNotKept,
    may_read_ledger,
)
from services.intake.ledger.exporting import Export
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now


async def ledger_filter(filters: Annotated[LedgerFilter, Query()]) -> LedgerFilter:
    return filters


async def reading(
    current: CurrentRuntime,
    actor: CurrentActor,
    now: Now,
    filters: Annotated[LedgerFilter, Depends(ledger_filter)],
) -> Export:
    """Raises LedgerForCentreOnly, or LedgerNotKept while the plan is off."""
    if not may_read_ledger(actor):
        raise LedgerForCentreOnly
    rulebook = current.rulebooks.in_force_at(now)
    if not rulebook.in_force("intake.ledger_columns", now):
        raise LedgerNotKept
    return Export(current, actor, filters, rulebook)


Reading = Annotated[Export, Depends(reading)]
