"""Who looks at flags: the centre's dispatchers and street officers, in their divisions."""

from __future__ import annotations

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

LOOKING = frozenset({Role.DISPATCHER, Role.STREET_OFFICER})


class CentreOnly(Forbidden):
    """Only the governance centre does this."""

    code = "CENTRE_ONLY"
    chinese = "仅综治中心可以执行此操作。"


def may_look_at_flags(actor: Actor) -> bool:
    return actor.end is End.CENTRE and bool(actor.roles & LOOKING)
