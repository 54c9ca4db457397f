"""Who may write public notices (lifecycle 3.9, last row): street, county and city, for their own
places.
"""

from __future__ import annotations

from shared.identity import Actor, End, Role

PUBLISHERS = frozenset({Role.DISPATCHER, Role.STREET_OFFICER})


def publishes(actor: Actor) -> bool:
    return actor.end is End.CENTRE and bool(actor.roles & PUBLISHERS)


def may_publish_in(actor: Actor, division: str) -> bool:
    """The system itself relays what survey has published."""
    if actor.end is End.SYSTEM:
        return True
    return publishes(actor) and actor.scope.covers_division(division)
