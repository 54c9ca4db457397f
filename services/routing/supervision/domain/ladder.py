"""The ladder after a breach as the rulebook has it (lifecycle 3.6)."""

from __future__ import annotations

from shared.rulebook import Rulebook
from shared.rulebook.sections.handling import EscalationStep

SUPERVISION_ORDER = "SUPERVISION_ORDER"


def step_at(rung: int, rulebook: Rulebook) -> EscalationStep:
    """The step of a rung; the breach itself is not one of them."""
    return [step for step in rulebook.escalation if step.after_hours][rung]


def orders_supervision(step: EscalationStep) -> bool:
    return step.action == SUPERVISION_ORDER
