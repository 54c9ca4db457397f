"""Notify's part of the demo world: every demo department and court is called at its simulator."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from services.notify.deed import Deed
from services.notify.settings import NotifySettings
from services.notify.webhooks.commands.registering import register
from shared.contracts.reference import organisation_id
from shared.identity import SYSTEM
from shared.rulebook import Rulebook
from shared.runtime import Runtime


async def seed(runtime: Runtime) -> None:
    """May be repeated. Without simulators there is nobody to call."""
    simulators = runtime.part(NotifySettings).simulators_url
    if not simulators:
        return
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        deed = Deed(session, runtime, SYSTEM, now)
        for kind, organisation in _integrated(runtime.rulebooks.in_force_at(now)):
            await register(
                deed, organisation, f"{simulators}/simulators/{kind}/{organisation}/hook"
            )


def _integrated(book: Rulebook) -> Iterator[tuple[str, UUID]]:
    """The departments and the court of the city and of every county, as the directory has them."""
    kinds = [kind.code for kind in book.organisations if kind.department and kind.seeded]
    for division in (book.header.city_code, *(each.code for each in book.divisions.counties)):
        for kind in kinds:
            yield "department", organisation_id("DEPARTMENT", kind, division)
        yield "court", organisation_id("COURT", "COURT", division)
