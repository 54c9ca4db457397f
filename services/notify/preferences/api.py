"""What the caller chooses about being told."""

from __future__ import annotations

from fastapi import APIRouter

from services.notify.deed import DeedDep
from services.notify.preferences.commands import choose
from services.notify.preferences.queries import choice_of
from services.notify.preferences.schemas import PreferencesBody, PreferencesOut

router = APIRouter(prefix="/preferences", tags=["preferences"])


@router.get("")
async def preferences(deed: DeedDep) -> PreferencesOut:
    """What the caller has chosen, and within which bounds it may be changed."""
    choice = await choice_of(deed.session, deed.actor.id)
    rules = deed.runtime.rulebooks.in_force_at(deed.at).notices
    return PreferencesOut.of(deed.actor, choice, rules)


@router.put("")
async def choose_preferences(body: PreferencesBody, deed: DeedDep) -> PreferencesOut:
    """The whole choice anew. Text messages of urgent and statutory notices cannot be refused."""
    return await choose(deed, body)
