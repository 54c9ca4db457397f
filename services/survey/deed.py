"""What every command is told: in which transaction, with which tools, by whom, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from shared.identity import SYSTEM, Actor
from shared.messaging import Reception
from shared.runtime import Runtime
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep


@dataclass(frozen=True)
class Deed:
    session: AsyncSession
    runtime: Runtime
    actor: Actor
    at: datetime

    @classmethod
    def upon(cls, reception: Reception[Any]) -> Deed:
        """A reaction to an event is the system's own deed."""
        return cls(reception.session, reception.runtime, SYSTEM, reception.now)


def deed(session: SessionDep, runtime: CurrentRuntime, actor: CurrentActor, now: Now) -> Deed:
    return Deed(session, runtime, actor, now)


DeedDep = Annotated[Deed, Depends(deed)]
