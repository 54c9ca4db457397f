"""Flags for the centre: what looks vexatious, and what a person thinks of it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.flags.deciding import decide
from services.intake.flags.domain.lifecycle import FlagState
from services.intake.flags.guards import FlagToDecide, Looking
from services.intake.flags.queries import evidence_of, page_of_flags
from services.intake.flags.schemas import DecisionBody, FlagOut
from shared.web.dependencies import CurrentRuntime, SessionDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/flags", tags=["flags"])


@router.get("")
async def flags(
    actor: Looking, session: SessionDep, paging: Paging, state: FlagState | None = None
) -> Page[FlagOut]:
    """Accounts that file the same again and again, or abuse, with the evidence; newest first."""
    found = await page_of_flags(session, actor, state, paging)
    page, following = paging.cut(found, lambda flag: (flag.raised_at.isoformat(), flag.id))
    known = await evidence_of(session, page)
    return Page(items=[FlagOut.of(flag, known) for flag in page], next=following)


@router.post("/{flag_id}/decision", response_model=FlagOut)
async def decision(
    body: DecisionBody,
    once: OnceDep,
    flag: FlagToDecide,
    actor: Looking,
    session: SessionDep,
    current: CurrentRuntime,
) -> Response:
    """Vexatious or not; further complaints are taken like anybody's."""

    async def work() -> FlagOut:
        return await decide(session, current, actor, flag, body.decision, body.reason)

    return await once.run(work, status=200)
