"""An organisation installs and ends the keys of its own system."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.routing.directory.tables import Organisation
from services.routing.integration.domain.installing import (
    refuse_known,
    refuse_one_more,
)
from services.routing.integration.keys import decrypted, every_key_of, install_key
from services.routing.integration.tables import IntegrationKey
from services.routing.occasion import Occasion


@dataclass(frozen=True)
class Keeper:
    """Somebody who keeps the keys of `organisation_id`, on an occasion."""

    on: Occasion
    organisation_id: UUID


async def install(keeper: Keeper, key: str, description: str | None) -> IntegrationKey:
    """Good from now on, beside the others. Raises KeyKnown or TooManyKeys."""
    on = keeper.on
    await _one_at_a_time(keeper)
    known = await every_key_of(on.session, keeper.organisation_id)
    refuse_known(key, [decrypted(on.runtime.cipher, row) for row in known])
    at_most = on.runtime.rulebooks.in_force_at(on.now).integration.keys_at_most
    refuse_one_more(sum(row.ended_at is None for row in known), at_most)
    key_id = await install_key(
        on.session,
        on.runtime.cipher,
        keeper.organisation_id,
        key,
        at=on.now,
        description=description,
    )
    _note(keeper, "integration_key.installed", key_id)
    return await on.session.get_one(IntegrationKey, key_id)


def end(keeper: Keeper, key: IntegrationKey) -> None:
    """Whatever is signed with it from now on is refused; a key that has ended stays as it is."""
    if key.ended_at is None:
        key.ended_at = keeper.on.now
        _note(keeper, "integration_key.ended", key.id)


async def _one_at_a_time(keeper: Keeper) -> None:
    """Two that count at once would both find room."""
    session = keeper.on.session
    await session.get_one(Organisation, keeper.organisation_id, with_for_update=True)


def _note(keeper: Keeper, action: str, key_id: UUID) -> None:
    details = {"organisation_id": str(keeper.organisation_id)}
    keeper.on.audit(action, "integration_key", key_id, details)
