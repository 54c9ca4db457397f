"""A sheet becomes the next version of a centre's rules, as a draft: all of it or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from services.routing.cases.numbers import next_number
from services.routing.directory.domain.codes import DIGITS, Level
from services.routing.dispatching.domain.lifecycle import FIRST
from services.routing.dispatching.domain.policies import NotYourRules, may_write_rules
from services.routing.dispatching.domain.reading import rules_in
from services.routing.dispatching.domain.sheet import COLUMNS
from services.routing.dispatching.places import places_within
from services.routing.dispatching.rows import row_of_rule
from services.routing.dispatching.tables import DispatchRuleSet
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import Grade
from shared.errors import Invalid
from shared.ids import new_id
from shared.sheets import Limits, read_sheet

LIMITS = Limits(rows=500, columns=len(COLUMNS) + 6, characters=500)
CENTRE_DIGITS = frozenset(DIGITS[level] for level in (Level.CITY, Level.COUNTY, Level.STREET))


class RulesNeedDivision(Invalid):
    """Say of which city, county or street the rules are; you oversee several."""

    code = "RULES_NEED_DIVISION"
    chinese = "请指明规则属于哪个市、县或街道（division）。"


async def import_rules(on: Occasion, content: bytes, division: str | None) -> DispatchRuleSet:
    """Raises RulesNeedDivision, NotYourRules, SheetHasFaults, or why the sheet cannot be read."""
    owner = division or _own_division(on)
    if not may_write_rules(on.actor, owner):
        raise NotYourRules
    sheet = await asyncio.to_thread(read_sheet, content, COLUMNS, LIMITS)
    rules = rules_in(sheet, await places_within(on, owner), _grades(on))
    row = DispatchRuleSet(
        id=new_id(),
        division=owner,
        version=await next_number(on.session, f"dispatch-rules-{owner}"),
        state=FIRST,
        rules=len(rules),
        created_at=on.now,
        created_by=on.actor.id,
    )
    on.session.add(row)
    await on.session.flush()
    on.session.add_all(row_of_rule(row.id, rule) for rule in rules)
    _record(on, row)
    return row


def _own_division(on: Occasion) -> str:
    own = [each for each in on.actor.scope.divisions if len(each) in CENTRE_DIGITS]
    if len(own) != 1:
        raise RulesNeedDivision
    return own[0]


def _grades(on: Occasion) -> Mapping[str, Grade]:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return {rule.chinese: grade for grade, rule in rulebook.grades.items()}


def _record(on: Occasion, row: DispatchRuleSet) -> None:
    facts = {"division": row.division, "version": row.version, "rules": row.rules}
    on.audit("dispatch_rules.imported", "dispatch_rule_set", row.id, facts)
