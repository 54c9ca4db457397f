"""Who reads and who writes the rules of a centre. Roles are compared here and nowhere else."""

from __future__ import annotations

from services.routing.cases.domain.reach import BY_DIVISION
from shared.errors import Forbidden
from shared.identity import Actor, Role


class DispatchersOnly(Forbidden):
    """Dispatch rules and figures are for those who oversee a division; dispatchers write rules."""

    code = "DISPATCHERS_ONLY"
    chinese = "派单规则和统计仅供综治中心等管理人员查看，规则由调度员维护。"


class NotYourRules(Forbidden):
    """You may read these rules; a dispatcher of that division writes them."""

    code = "NOT_YOUR_RULES"
    chinese = "您可以查看该派单规则，但只有本级综治中心调度员可以维护。"


def may_read_rules(actor: Actor) -> bool:
    return bool(actor.roles & BY_DIVISION)


def may_write_rules(actor: Actor, division: str) -> bool:
    """A dispatcher writes for the own division and what lies in it, never for a larger one."""
    return Role.DISPATCHER in actor.roles and actor.scope.covers_division(division)


def is_dispatcher(actor: Actor) -> bool:
    return Role.DISPATCHER in actor.roles
