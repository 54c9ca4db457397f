"""Content that waits for a person, for the centre; and the door where WeChat pushes findings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import PlainTextResponse

from services.intake.screening.commands import decide
from services.intake.screening.domain.lifecycle import ScreeningState
from services.intake.screening.door import EchoDep, PushDep
from services.intake.screening.guards import CurrentDecider, ScreeningToDecide
from services.intake.screening.pushes import keep
from services.intake.screening.queries import in_state
from services.intake.screening.schemas import DecisionBody, DecisionOut, ScreeningOut
from services.intake.subscribing.forwarding import Forwarding
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

TAKEN = "success"

router = APIRouter(tags=["screenings"])


@router.get("/screenings")
async def list_screenings(
    actor: CurrentDecider,
    session: SessionDep,
    paging: Paging,
    state: Annotated[ScreeningState, Query()] = ScreeningState.HELD,
) -> Page[ScreeningOut]:
    """What waits for a decision (HELD), oldest first; or what is in another state."""
    rows = await in_state(session, actor, state, paging)
    page, following = paging.cut(rows, lambda row: (row[0].written_at.isoformat(), row[0].id))
    return Page(items=[ScreeningOut.of(*row) for row in page], next=following)


@router.post("/screenings/{screening_id}/decision", status_code=201, response_model=DecisionOut)
async def decide_screening(
    body: DecisionBody,
    screening: ScreeningToDecide,
    actor: CurrentDecider,
    session: SessionDep,
    now: Now,
    once: OnceDep,
) -> Response:
    """Whether others may see it. May be decided anew; staff see it in any case."""
    return await once.run(lambda: decide(session, actor, screening, body, at=now))


@router.get("/wechat/push", response_class=PlainTextResponse)
async def verify_push_address(echo: EchoDep) -> str:
    """WeChat verifies the address that stands in its console."""
    return echo


@router.post("/wechat/push", response_class=PlainTextResponse)
async def take_push(
    message: PushDep, session: SessionDep, current: CurrentRuntime, now: Now
) -> str:
    """A message of WeChat, signed and encrypted. Kept, told to notify, then acknowledged."""
    await keep(session, current.cipher, message, now)
    await Forwarding(session, current, now).forward(message)
    return TAKEN
