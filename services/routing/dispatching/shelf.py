"""Rules at hand: what a set says never changes once it was activated, so it is read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.dispatching.domain.rules import Rule
from services.routing.dispatching.queries import rules_of, sets_in_force


class RuleShelf:
    """One per process. Which sets hold is asked every time, with one cheap statement."""

    def __init__(self) -> None:
        self._rules: dict[UUID, tuple[Rule, ...]] = {}

    async def in_force(self, session: AsyncSession, at: datetime) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that hold at that moment, by the division of their centre."""
        sets = await sets_in_force(session, at)
        if new := set(sets.values()) - self._rules.keys():
            self._rules |= await rules_of(session, new)
        return {division: self._rules[id] for division, id in sets.items()}
