"""Filters that people keep under a name, for themselves or shared with their organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, text
from sqlmodel import col

from services.routing.desks.domain.views import ViewNotFound, refuse_name, refuse_other
from services.routing.desks.schemas import SavedViewIn
from services.routing.desks.tables import SavedView
from services.routing.occasion import Occasion
from shared.identity import Actor
from shared.ids import new_id

ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 0))")


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own, and what colleagues share."""
    own = col(SavedView.person_id) == actor.id
    if actor.organisation_id is None:
        return own
    return or_(own, col(SavedView.organisation_id) == actor.organisation_id)


async def saved_views(on: Occasion) -> Sequence[SavedView]:
    rows = await on.session.execute(
        select(SavedView)
        .where(visible_to(on.actor))
        .order_by(col(SavedView.name), col(SavedView.id))
    )
    return rows.scalars().all()


async def save(on: Occasion, wanted: SavedViewIn) -> SavedView:
    """Raises ViewNameTaken or TooManyViews."""
    refuse_name(wanted.name, await _other_names(on))
    view = SavedView(id=new_id(), person_id=on.actor.id, **_values(on, wanted))
    on.session.add(view)
    on.audit("view.saved", "view", view.id, {"shared": wanted.shared})
    return view


async def change(on: Occasion, view: SavedView, wanted: SavedViewIn) -> SavedView:
    """Raises ViewNameTaken."""
    refuse_name(wanted.name, await _other_names(on, view.id))
    for name, value in _values(on, wanted).items():
        setattr(view, name, value)
    on.audit("view.changed", "view", view.id, {"shared": wanted.shared})
    return view


async def remove(on: Occasion, view: SavedView) -> None:
    await on.session.delete(view)
    on.audit("view.removed", "view", view.id, {})


def _values(on: Occasion, wanted: SavedViewIn) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "filter": wanted.filter.model_dump(mode="json", exclude_defaults=True),
        "sort": wanted.sort,
        "organisation_id": on.actor.organisation_id if wanted.shared else None,
        "changed_at": on.now,
    }


async def own_view(on: Occasion, view_id: UUID) -> SavedView:
    """Raises ViewNotFound or NotYourView."""
    found = await on.session.execute(
        select(SavedView).where(visible_to(on.actor), col(SavedView.id) == view_id)
    )
    view = found.scalar()
    if view is None:
        raise ViewNotFound
    refuse_other(view.person_id, on.actor.id)
    return view


async def _other_names(on: Occasion, but: UUID | None = None) -> Sequence[str]:
    """One writer per person at a time, so that two cannot both take the last place or name."""
    await on.session.execute(ONE_AT_A_TIME, {"whose": f"saved_view {on.actor.id}"})
    rows = await on.session.execute(
        select(col(SavedView.name)).where(
            col(SavedView.person_id) == on.actor.id, col(SavedView.id).is_distinct_from(but)
        )
    )
    return rows.scalars().all()
