"""Dependencies that load a set of rules as far as the caller may see and write it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.routing.deed import OccasionDep
from services.routing.dispatching.domain.policies import (
    DispatchersOnly,
    NotYourRules,
    is_dispatcher,
    may_read_rules,
    may_write_rules,
)
from services.routing.dispatching.queries import set_by_id
from services.routing.dispatching.tables import DispatchRuleSet
from services.routing.occasion import Occasion


async def reader(on: OccasionDep) -> Occasion:
    if not may_read_rules(on.actor):
        raise DispatchersOnly
    return on


async def dispatcher(on: OccasionDep) -> Occasion:
    """The command asks whether the division is the dispatcher's own."""
    if not is_dispatcher(on.actor):
        raise DispatchersOnly
    return on


Reader = Annotated[Occasion, Depends(reader)]
Dispatcher = Annotated[Occasion, Depends(dispatcher)]


async def rule_set_to_read(rule_set_id: UUID, on: Reader) -> DispatchRuleSet:
    return await set_by_id(on.session, rule_set_id, on.actor)


async def rule_set_to_try(rule_set_id: UUID, on: Dispatcher) -> DispatchRuleSet:
    return _own(on, await set_by_id(on.session, rule_set_id, on.actor))


async def rule_set_to_write(rule_set_id: UUID, on: Dispatcher) -> DispatchRuleSet:
    return _own(on, await set_by_id(on.session, rule_set_id, on.actor, for_update=True))


def _own(on: Occasion, row: DispatchRuleSet) -> DispatchRuleSet:
    if not may_write_rules(on.actor, row.division):
        raise NotYourRules
    return row


RuleSetToRead = Annotated[DispatchRuleSet, Depends(rule_set_to_read)]
RuleSetToTry = Annotated[DispatchRuleSet, Depends(rule_set_to_try)]
RuleSetToWrite = Annotated[DispatchRuleSet, Depends(rule_set_to_write)]
