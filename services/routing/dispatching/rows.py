"""Rules between their rows and the values that the pure rules work with."""

from __future__ import annotations

from uuid import UUID

from services.routing.dispatching.domain.rules import Conditions, Rule, Source
from services.routing.dispatching.domain.targets import Target
from services.routing.dispatching.domain.windows import Window
from services.routing.dispatching.tables import DispatchRule, DispatchRuleSet


def source_of(row: DispatchRuleSet) -> Source:
    return Source(row.id, row.division, row.version)


def rule_of(row: DispatchRule, source: Source) -> Rule:
    window = Window(frozenset(map(int, row.weekdays)), row.starts_at, row.ends_at)
    conditions = Conditions(
        divisions=tuple(row.divisions),
        estates=frozenset(row.estate_ids),
        categories=tuple(row.categories),
        grades=frozenset(row.grades),
        channels=frozenset(row.channels),
        window=window,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    lead, co = Target.parse(row.lead), tuple(map(Target.parse, row.co))
    return Rule(row.position, row.name, lead, row.reason, co, conditions, source)


def row_of_rule(set_id: UUID, rule: Rule) -> DispatchRule:
    asked = rule.conditions
    return DispatchRule(
        set_id=set_id,
        position=rule.position,
        name=rule.name,
        divisions=list(asked.divisions),
        estate_ids=sorted(asked.estates),
        categories=list(asked.categories),
        grades=sorted(asked.grades),
        channels=sorted(asked.channels),
        weekdays=[str(day) for day in sorted(asked.window.weekdays)],
        starts_at=asked.window.start,
        ends_at=asked.window.end,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        lead=str(rule.lead),
        co=[str(target) for target in rule.co],
        reason=rule.reason,
    )
