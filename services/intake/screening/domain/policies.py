"""Who decides what others may see: the centre's dispatcher, of the own division."""

from __future__ import annotations

from shared.errors import Forbidden
from shared.identity import Actor, End, Role


class ScreeningsOfCentreOnly(Forbidden):
    """Only the centre's dispatchers decide what others may see."""

    code = "SCREENINGS_OF_CENTRE_ONLY"
    chinese = "仅治理中心调度人员可以复核内容。"


def may_decide(actor: Actor) -> bool:
    return actor.end is End.CENTRE and Role.DISPATCHER in actor.roles
