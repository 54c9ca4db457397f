"""What changed in the reader's scope since a cursor, oldest first.

Every change of a case notes its transaction (a trigger does). Transactions commit in another order
than they begin, so only what is older than every transaction still under way is told: nothing can
come to stand before a cursor that was given out. A change is told as soon as those writing at the
same moment have finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.lifecycle import TERMINAL
from services.routing.cases.queries import LEADING, lead_of_case, visible_to
from services.routing.cases.tables import Assignment, Case
from services.routing.cases.views import summary
from services.routing.field.domain.feed import FIRST, Position, beginning, is_stale
from services.routing.field.schemas import FeedItem, FeedOut
from services.routing.occasion import Occasion
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

HORIZON = text("SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)")

Change = tuple[Case, Assignment | None, bool]


async def changes(on: Occasion, page: PageRequest) -> FeedOut:
    horizon = (await on.session.execute(HORIZON)).scalar_one()
    asked = _asked(page)
    reset = asked is not None and is_stale(asked, on.actor, horizon)
    position = beginning(on.actor, horizon) if asked is None or reset else asked
    found = await _changed(on.session, on.actor, position, horizon, page.limit + 1)
    shown, more = found[: page.limit], len(found) > page.limit
    last = shown[-1][0] if more else None
    behind, id = (last.changed_in, last.id) if last else (horizon, FIRST)
    reached = Position(position.since, behind, id, position.reach)
    return FeedOut(
        items=[_item(on, *change) for change in shown],
        cursor=page.cursor(reached.key),
        more=more,
        reset=reset,
        now=on.now,
    )


def _asked(page: PageRequest) -> Position | None:
    """Raises CursorInvalid."""
    if page.after is None:
        return None
    since, behind, id, reach = cursor_key(page.after, int, int, UUID, str)
    return Position(since, behind, id, reach)


async def _changed(
    session: AsyncSession, actor: Actor, position: Position, horizon: int, limit: int
) -> Sequence[Change]:
    key = tuple_(col(Case.changed_in), col(Case.id))
    seen = visible_to(actor)
    since = col(Case.changed_in) >= position.since
    told = and_(seen, or_(since, col(Case.state).not_in(sorted(TERMINAL))))
    gone = and_(not_(seen), since, _once_held_by(actor))
    rows = await session.execute(
        select(Case, LEADING, seen.label("seen"))
        .outerjoin(LEADING, lead_of_case())
        .where(
            key > tuple_(position.behind, position.id),
            col(Case.changed_in) < horizon,
            or_(told, gone),
        )
        .order_by(col(Case.changed_in), col(Case.id))
        .limit(limit)
    )
    return [(case, unit, visible) for case, unit, visible in rows]


def _once_held_by(actor: Actor) -> ColumnElement[bool]:
    """Of a case one has never had, one is not told that it exists."""
    return exists().where(col(Assignment.case_id) == Case.id, col(Assignment.person_id) == actor.id)


def _item(on: Occasion, case: Case, lead: Assignment | None, visible: bool) -> FeedItem:
    if not visible:
        return FeedItem(id=case.id, gone=True)
    shown = summary(on, case, [lead] if lead else [])
    return FeedItem(id=case.id, gone=False, version=case.version, case=shown)
