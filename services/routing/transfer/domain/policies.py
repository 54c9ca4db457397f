"""Who hands a case over (T43: the dispatcher of street, county or city)."""

from __future__ import annotations

from services.routing.cases.domain.policies import Standing, may_reopen
from shared.identity import Actor


def may_transfer(actor: Actor, standing: Standing) -> bool:
    """The same desk that decides on reopening."""
    return may_reopen(actor, standing)
