"""Events as occasions: when, in which transaction, and in whose name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.routing.occasion import Occasion
from shared.identity import SYSTEM, Actor, End, Role
from shared.messaging import Reception


def occasion(reception: Reception[Any], actor: Actor = SYSTEM) -> Occasion:
    return Occasion(reception.runtime, reception.session, actor, reception.now)


def owner(owner_id: UUID | None) -> Actor:
    """It is the owner who acts, though the word came by a message (A08)."""
    if owner_id is None:
        return SYSTEM
    return Actor(id=owner_id, end=End.OWNER, roles=frozenset({Role.OWNER}))
