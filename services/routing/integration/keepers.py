"""Who comes to look after keys, and which key they mean."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.routing.integration.domain.installing import KeyNotFound
from services.routing.integration.domain.policies import (
    KeyKeepersOnly,
    KeysForOrganisationsOnly,
    is_integrated,
    may_keep_keys,
)
from services.routing.integration.keeping import Keeper
from services.routing.integration.tables import IntegrationKey
from services.routing.occasion import Occasion
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep


def keeper(actor: CurrentActor, runtime: CurrentRuntime, session: SessionDep, now: Now) -> Keeper:
    """Raises KeysForOrganisationsOnly or KeyKeepersOnly."""
    if actor.organisation_id is None or not is_integrated(actor):
        raise KeysForOrganisationsOnly
    if not may_keep_keys(actor):
        raise KeyKeepersOnly
    return Keeper(Occasion(runtime, session, actor, now), actor.organisation_id)


CurrentKeeper = Annotated[Keeper, Depends(keeper)]


async def own_key(key_id: UUID, keeper: CurrentKeeper) -> IntegrationKey:
    """Raises KeyNotFound, also for another organisation's."""
    key = await keeper.on.session.get(IntegrationKey, key_id, with_for_update=True)
    if key is None or key.organisation_id != keeper.organisation_id:
        raise KeyNotFound
    return key


OwnKey = Annotated[IntegrationKey, Depends(own_key)]
