"""Reads of rule sets; lists start from `visible_to(actor)`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, literal, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.reach import reach_of
from services.routing.dispatching.domain.lifecycle import SetState
from services.routing.dispatching.domain.rules import Rule
from services.routing.dispatching.rows import rule_of, source_of
from services.routing.dispatching.tables import DispatchRule, DispatchRuleSet
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

# One statement tells every admission which sets hold now; their rules are remembered (shelf.py).
IN_FORCE = text("""
    SELECT DISTINCT ON (division) division, id
      FROM dispatch_rule_set
     WHERE effective_from <= :at AND (retired_at IS NULL OR retired_at > :at)
     ORDER BY division, effective_from DESC, version DESC
""")


class RuleSetNotFound(NotFound):
    """There is no such set of rules, or you may not see it."""

    code = "RULE_SET_NOT_FOUND"
    chinese = "没有这个派单规则集，或您无权查看。"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The sets of the own divisions, of what lies in them, and of those they lie in."""
    reach = reach_of(actor)
    if reach.everywhere:
        return true()
    within = (col(DispatchRuleSet.division).startswith(each) for each in reach.places)
    above = (literal(each).startswith(col(DispatchRuleSet.division)) for each in reach.places)
    return or_(false(), *within, *above)


async def sets_in_force(session: AsyncSession, at: datetime) -> Mapping[str, UUID]:
    """By division: the set that holds at that moment, also a past one."""
    rows = await session.execute(IN_FORCE, {"at": at})
    return {row.division: row.id for row in rows}


async def rules_of(
    session: AsyncSession, set_ids: Collection[UUID]
) -> Mapping[UUID, tuple[Rule, ...]]:
    """The rules of each set, in their order, with one statement."""
    rows = await session.execute(
        select(DispatchRule, DispatchRuleSet)
        .join(DispatchRuleSet, col(DispatchRuleSet.id) == DispatchRule.set_id)
        .where(col(DispatchRule.set_id).in_(list(set_ids)))
        .order_by(col(DispatchRule.set_id), col(DispatchRule.position))
    )
    found: dict[UUID, tuple[Rule, ...]] = dict.fromkeys(set_ids, ())
    for row, owner in rows:
        found[owner.id] += (rule_of(row, source_of(owner)),)
    return found


async def rows_of(session: AsyncSession, set_id: UUID) -> Sequence[DispatchRule]:
    rows = await session.execute(
        select(DispatchRule)
        .where(col(DispatchRule.set_id) == set_id)
        .order_by(col(DispatchRule.position))
    )
    return rows.scalars().all()


async def page_of_sets(
    session: AsyncSession, actor: Actor, division: str | None, page: PageRequest
) -> Sequence[DispatchRuleSet]:
    """Newest first; one more than the page holds."""
    wanted = select(DispatchRuleSet).where(visible_to(actor))
    if division is not None:
        wanted = wanted.where(col(DispatchRuleSet.division) == division)
    if page.after is not None:
        wanted = wanted.where(col(DispatchRuleSet.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(
        wanted.order_by(col(DispatchRuleSet.id).desc()).limit(page.limit + 1)
    )
    return rows.scalars().all()


async def set_by_id(
    session: AsyncSession, set_id: UUID, actor: Actor, *, for_update: bool = False
) -> DispatchRuleSet:
    """Raises RuleSetNotFound."""
    wanted = select(DispatchRuleSet).where(col(DispatchRuleSet.id) == set_id, visible_to(actor))
    found = (await session.execute(wanted.with_for_update() if for_update else wanted)).scalar()
    if found is None:
        raise RuleSetNotFound
    return found


async def predecessor(session: AsyncSession, row: DispatchRuleSet) -> DispatchRuleSet | None:
    """The newest activated set of the same division besides this one: what it would replace."""
    found = await session.execute(
        select(DispatchRuleSet)
        .where(
            col(DispatchRuleSet.division) == row.division,
            col(DispatchRuleSet.id) != row.id,
            col(DispatchRuleSet.state) == SetState.ACTIVE,
        )
        .order_by(col(DispatchRuleSet.effective_from).desc(), col(DispatchRuleSet.version).desc())
        .limit(1)
    )
    return found.scalar()
