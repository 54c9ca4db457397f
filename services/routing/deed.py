"""What an endpoint that changes something asks for: the occasion, and taking effect once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Response
from pydantic import BaseModel

from services.routing.occasion import Occasion
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep
from shared.web.once import OnceDep


async def occasion(
    runtime: CurrentRuntime, session: SessionDep, actor: CurrentActor, now: Now
) -> Occasion:
    return Occasion(runtime, session, actor, now)


OccasionDep = Annotated[Occasion, Depends(occasion)]


@dataclass(frozen=True)
class Deed:
    """Every POST on a case takes an Idempotency-Key: field apps send again when in doubt."""

    on: Occasion
    once: OnceDep

    async def answered(
        self,
        command: Callable[[], Awaitable[None]],
        answer: Callable[[], Awaitable[BaseModel]],
        *,
        status: int = 200,
    ) -> Response:
        """Run the command and answer; or answer as before, when it is the same request again."""

        async def work() -> BaseModel:
            await command()
            return await answer()

        return await self.once.run(work, status=status)


async def deed(on: OccasionDep, once: OnceDep) -> Deed:
    return Deed(on, once)


DeedDep = Annotated[Deed, Depends(deed)]
