"""The owner behind a request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from services.intake.owners.domain.policies import acts_as_owner
from services.intake.owners.domain.refusals import ConsentRequired, OwnersOnly
from services.intake.owners.queries import own_account
from services.intake.owners.tables import Owner
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep


async def owner_actor(actor: CurrentActor) -> Actor:
    if not acts_as_owner(actor):
        raise OwnersOnly
    return actor


CurrentOwner = Annotated[Actor, Depends(owner_actor)]


async def own(actor: CurrentOwner, session: SessionDep) -> Owner:
    return await own_account(session, actor.id)


async def own_to_change(actor: CurrentOwner, session: SessionDep) -> Owner:
    return await own_account(session, actor.id, lock=True)


async def consented(
    actor: CurrentActor, current: CurrentRuntime, session: SessionDep, now: Now
) -> None:
    """Of an owner nothing more is kept before the notice in force was agreed to (facts 2.13)."""
    if not acts_as_owner(actor):
        return
    notice = current.rulebooks.in_force_at(now).privacy.notice_version
    if (await own_account(session, actor.id)).privacy_version != notice:
        raise ConsentRequired(version=notice)


OwnAccount = Annotated[Owner, Depends(own)]
OwnAccountToChange = Annotated[Owner, Depends(own_to_change)]
Consented = Depends(consented)
