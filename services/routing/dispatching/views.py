"""Sets of rules, their differences and their trials as dispatchers read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.routing.dispatching.commands.try_out import Outcome
from services.routing.dispatching.domain.comparing import Change, changes_between
from services.routing.dispatching.domain.rules import Rule
from services.routing.dispatching.queries import predecessor, rules_of, set_by_id, sets_in_force
from services.routing.dispatching.schemas import (
    ChangeOut,
    ChangesOut,
    MoveOut,
    RuleEffectOut,
    RuleOut,
    RuleSetOut,
    TrialOut,
    WholeRuleSetOut,
)
from services.routing.dispatching.tables import DispatchRuleSet
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import Grade


async def summaries(on: Occasion, rows: Sequence[DispatchRuleSet]) -> list[RuleSetOut]:
    holding = await sets_in_force(on.session, on.now)
    return [_summary(row, holding) for row in rows]


async def summary_of(on: Occasion, row: DispatchRuleSet) -> RuleSetOut:
    return (await summaries(on, [row]))[0]


async def whole_set(on: Occasion, row: DispatchRuleSet) -> WholeRuleSetOut:
    summary = await summary_of(on, row)
    rules = await _rules(on, row)
    return WholeRuleSetOut(**summary.model_dump(), items=[rule_out(rule) for rule in rules])


async def changes(on: Occasion, row: DispatchRuleSet, against: UUID | None) -> ChangesOut:
    """Against the set named, else against the newest activated one of the same division.

    Raises RuleSetNotFound.
    """
    other = (
        await set_by_id(on.session, against, on.actor)
        if against is not None
        else await predecessor(on.session, row)
    )
    before = await _rules(on, other) if other is not None else ()
    found = changes_between(before, await _rules(on, row))
    items = [_change(each) for each in found]
    return ChangesOut(against=other.id if other else None, items=items)


async def trial_out(on: Occasion, row: DispatchRuleSet, outcome: Outcome) -> TrialOut:
    tally, period = outcome.tally, outcome.period
    moves = sorted(tally.moves.items(), key=lambda move: (-move[1], move[0]))
    return TrialOut(
        rule_set_id=row.id,
        since=period.since,
        until=period.until,
        day=period.day,
        cases=tally.cases,
        complete=outcome.complete,
        changed=tally.changed,
        changed_without_rule=tally.changed_by[None],
        moves=[MoveOut(before=old, after=new, cases=cases) for (old, new), cases in moves],
        rules=[
            RuleEffectOut(
                position=rule.position,
                name=rule.name,
                matched=tally.matched[rule.position],
                changed=tally.changed_by[rule.position],
            )
            for rule in await _rules(on, row)
        ],
        samples=tally.samples,
    )


def rule_out(rule: Rule) -> RuleOut:
    asked = rule.conditions
    return RuleOut(
        position=rule.position,
        name=rule.name,
        divisions=list(asked.divisions),
        estates=sorted(asked.estates),
        categories=list(asked.categories),
        grades=[grade for grade in Grade if grade in asked.grades],
        channels=sorted(asked.channels),
        weekdays=sorted(asked.window.weekdays),
        starts_at=asked.window.start,
        ends_at=asked.window.end,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        lead=str(rule.lead),
        co=[str(target) for target in rule.co],
        reason=rule.reason,
    )


async def _rules(on: Occasion, row: DispatchRuleSet) -> Sequence[Rule]:
    return (await rules_of(on.session, [row.id]))[row.id]


def _summary(row: DispatchRuleSet, holding: Mapping[str, UUID]) -> RuleSetOut:
    return RuleSetOut(
        id=row.id,
        division=row.division,
        version=row.version,
        state=row.status,
        in_force=holding.get(row.division) == row.id,
        rules=row.rules,
        created_at=row.created_at,
        created_by=row.created_by,
        effective_from=row.effective_from,
        activated_at=row.activated_at,
        activated_by=row.activated_by,
        retired_at=row.retired_at,
        retired_by=row.retired_by,
    )


def _change(change: Change) -> ChangeOut:
    return ChangeOut(
        name=change.name,
        fields=list(change.fields),
        before=rule_out(change.before) if change.before else None,
        after=rule_out(change.after) if change.after else None,
    )
