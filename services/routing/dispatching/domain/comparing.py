"""What differs between two sets of rules; a rule is known by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.routing.dispatching.domain.rules import Rule


@dataclass(frozen=True)
class Change:
    """`asks`, `lead` … are the fields that differ; `before` or `after` is None when it is new or
    gone, and both are there with other positions when it only moved.
    """

    name: str
    before: Rule | None
    after: Rule | None
    fields: tuple[str, ...] = ()


def changes_between(before: Iterable[Rule], after: Iterable[Rule]) -> tuple[Change, ...]:
    """In the order of the newer set; what is gone comes last."""
    old = {rule.name: rule for rule in before}
    new = {rule.name: rule for rule in after}
    kept = (_change(name, old.get(name), rule) for name, rule in new.items())
    gone = (Change(name, rule, None) for name, rule in old.items() if name not in new)
    return tuple(change for change in (*kept, *gone) if change is not None)


def _change(name: str, before: Rule | None, after: Rule) -> Change | None:
    if before is None:
        return Change(name, None, after)
    old, new = _compared(before), _compared(after)
    fields = tuple(field for field in new if old[field] != new[field])
    return Change(name, before, after, fields) if fields else None


def _compared(rule: Rule) -> Mapping[str, object]:
    return {
        "position": rule.position,
        "conditions": rule.conditions,
        "lead": rule.lead,
        "co": rule.co,
        "reason": rule.reason,
    }
