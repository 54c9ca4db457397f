"""Who acts as an owner here (A04)."""

from __future__ import annotations

from shared.identity import Actor, End, Role


def acts_as_owner(actor: Actor) -> bool:
    return actor.end is End.OWNER and Role.OWNER in actor.roles
