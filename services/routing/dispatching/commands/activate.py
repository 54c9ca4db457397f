"""A draft takes effect, now or at a moment to come; and a set is taken back."""

from __future__ import annotations

from datetime import datetime

from services.routing.dispatching.domain.lifecycle import SetAction, advance
from services.routing.dispatching.tables import DispatchRuleSet
from services.routing.occasion import Occasion
from shared.errors import Invalid


class RulesTakeEffectInThePast(Invalid):
    """Rules take effect now or later: what was dispatched stays as it was decided."""

    code = "RULES_TAKE_EFFECT_IN_THE_PAST"
    chinese = "规则只能从现在或以后生效，已派出的案件不追溯。"


async def activate(on: Occasion, row: DispatchRuleSet, effective_from: datetime | None) -> None:
    """Without a moment, now. Raises RulesTakeEffectInThePast or RuleSetNotSo."""
    effective_from = effective_from or on.now
    if effective_from < on.now:
        raise RulesTakeEffectInThePast
    row.state = advance(row.status, SetAction.ACTIVATE)
    row.effective_from = effective_from
    row.activated_at, row.activated_by = on.now, on.actor.id
    facts = {"division": row.division, "version": row.version, "from": effective_from.isoformat()}
    on.audit("dispatch_rules.activated", "dispatch_rule_set", row.id, facts)


async def retire(on: Occasion, row: DispatchRuleSet) -> None:
    """From now on the set before holds again, if there is one. Raises RuleSetNotSo."""
    row.state = advance(row.status, SetAction.RETIRE)
    row.retired_at, row.retired_by = on.now, on.actor.id
    facts = {"division": row.division, "version": row.version}
    on.audit("dispatch_rules.retired", "dispatch_rule_set", row.id, facts)
