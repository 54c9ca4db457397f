"""The door of the 12345 hotline's adapter."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.intake.channels.commands import import_order
from services.intake.channels.guards import CurrentHotline
from services.intake.channels.schemas import ClientCredentials, HotlineOrder, HotlineSession
from services.intake.channels.sessions import open_hotline_session
from services.intake.complaints.receipts import answer_with
from services.intake.complaints.schemas import Receipt
from shared.web.dependencies import CurrentRuntime

router = APIRouter(prefix="/hotline", tags=["hotline"])


@router.post("/sessions", status_code=201)
async def open_session(body: ClientCredentials, current: CurrentRuntime) -> HotlineSession:
    """An access token for the hotline's adapter."""
    return await open_hotline_session(current, body)


@router.post("/orders", status_code=201, response_model=Receipt)
async def take_order(
    body: HotlineOrder, actor: CurrentHotline, current: CurrentRuntime
) -> Response:
    """Import a work order; its number makes it unique, so it may be sent again (B03)."""
    filed = await import_order(current, actor, body)
    return answer_with(current, filed, body.draft())
