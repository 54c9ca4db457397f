"""What endpoints ask for: the transaction, the actor, the moment. Each exists once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from shared.identity import Actor, TokenMissing
from shared.runtime import Runtime
from shared.web.served import runtime_in

_bearer = HTTPBearer(auto_error=False, description="EdDSA JWT of intake or routing")


async def runtime(request: Request) -> Runtime:
    return runtime_in(request.scope)


CurrentRuntime = Annotated[Runtime, Depends(runtime)]


async def transaction(current: CurrentRuntime) -> AsyncIterator[AsyncSession]:
    async with current.database.transaction() as session:
        yield session


# The scope closes the transaction before the response leaves: 201 means durable.
SessionDep = Annotated[AsyncSession, Depends(transaction, scope="function")]


async def moment(current: CurrentRuntime) -> datetime:
    return current.clock.now()


Now = Annotated[datetime, Depends(moment)]


async def actor(
    current: CurrentRuntime,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    if credentials is None:
        raise TokenMissing
    return current.tokens.verify(credentials.credentials)


CurrentActor = Annotated[Actor, Depends(actor)]
BearerToken = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]  # for other ways in
