"""Owners known before somebody listened are told once more: what the operator says (N16)."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from services.intake.owners.telling_again import tell_again, tell_marked
from shared.contracts.intake import OwnerChanged, OwnerState
from tests.intake.people import ANNA
from tests.stage import Stage


async def newest(stage: Stage) -> dict[str, OwnerState]:
    """What was told last of each owner, by the version."""
    found: dict[str, OwnerState] = {}
    for said in await stage.said(OwnerChanged):
        known = found.get(str(said.owner.id))
        if known is None or known.version < said.owner.version:
            found[str(said.owner.id)] = said.owner
    return found


async def test_every_owner_is_told_once_more_with_the_homes(stage: Stage) -> None:
    """Copies keep the newest (X37): a higher version of each, with estates and contacts."""
    before = await newest(stage)
    assert before[str(ANNA.id)].estate_ids
    await asyncio.to_thread(tell_again, stage.host.runtime.settings)
    assert await newest(stage) == before, "the worker has the keys, the operator has not"
    await tell_marked(stage.host.runtime)
    after = await newest(stage)
    assert {id: state.version + 1 for id, state in before.items()} == {
        id: state.version for id, state in after.items()
    }
    for id, state in before.items():
        assert after[id].estate_ids == state.estate_ids
        assert (after[id].mobile is None) == (state.mobile is None)
    await tell_marked(stage.host.runtime)
    assert await newest(stage) == after, "once"


async def test_who_has_left_is_not_told_again(stage: Stage) -> None:
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text(f"UPDATE owner SET active = false WHERE id = '{ANNA.id}'"))
    before = await newest(stage)
    await asyncio.to_thread(tell_again, stage.host.runtime.settings)
    await tell_marked(stage.host.runtime)
    after = await newest(stage)
    assert after[str(ANNA.id)] == before[str(ANNA.id)]
    assert after != before
