"""Who supervises, and who answers an order (lifecycle 3.9: leader, street, centre, city)."""

from __future__ import annotations

from services.routing.cases.domain.policies import (
    Standing,
    is_assignee,
    may_grade,
    may_observe,
)
from shared.identity import Actor


def may_supervise(actor: Actor, standing: Standing) -> bool:
    """T44. The city's observers read everything and change nothing but this (A20)."""
    return may_grade(actor, standing) or may_observe(actor, standing)


def may_answer(actor: Actor, standing: Standing) -> bool:
    """Whoever has to act."""
    return is_assignee(actor, standing)
