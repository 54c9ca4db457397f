"""A service that learned to listen hears of everybody: what the operator says after an upgrade."""

from __future__ import annotations

import asyncio

from services.routing.directory.telling_again import tell_again
from services.routing.directory.turning import turn
from shared.clock import SystemClock
from shared.contracts.directory import EstateChanged, OrganisationChanged, StaffChanged
from tests.stage import Stage


async def _newest(stage: Stage) -> dict[str, dict[str, int]]:
    """By kind: the newest version told of each, by its id."""
    staff = [each.staff for each in await stage.said(StaffChanged)]
    organisations = [each.organisation for each in await stage.said(OrganisationChanged)]
    estates = [each.estate for each in await stage.said(EstateChanged)]
    found: dict[str, dict[str, int]] = {}
    for kind, states in (("staff", staff), ("organisation", organisations), ("estate", estates)):
        newest: dict[str, int] = {}
        for state in states:
            newest[str(state.id)] = max(state.version, newest.get(str(state.id), 0))
        found[kind] = newest
    return found


async def test_everything_is_told_once_more(stage: Stage) -> None:
    """Copies keep the newest (X37): a higher version of each, with roles and contacts."""
    before = await _newest(stage)
    roles = {each.staff.id: each.staff.roles for each in await stage.said(StaffChanged)}
    await asyncio.to_thread(tell_again, stage.host.runtime.settings)
    stage.clock.move_to(SystemClock().now())
    await turn(stage.host.runtime)
    after = await _newest(stage)
    for kind, versions in before.items():
        assert versions
        assert {id: version + 1 for id, version in versions.items()}.items() <= after[kind].items()
    last = {each.staff.id: each.staff for each in await stage.said(StaffChanged)}
    assert {id: state.roles for id, state in last.items()} == roles
    await turn(stage.host.runtime)
    assert await _newest(stage) == after, "once"
