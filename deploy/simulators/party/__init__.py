"""An integrating party: receives the hub's signed webhooks and answers with signed callbacks."""

from __future__ import annotations

import httpx
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse

from deploy.simulators.party.api import PartyHere, router
from deploy.simulators.party.callbacks import Hub, HubReply
from deploy.simulators.party.organisations import OrganisationUnknown, ReceivedDelivery
from deploy.simulators.party.state import Party
from deploy.simulators.safety import refuse_in_production
from shared.clock import Clock
from shared.signatures import MalformedKey, SignatureRejected

__all__ = ["Hub", "HubReply", "Party", "PartyHere", "ReceivedDelivery", "build_party"]

STATUS_OF: dict[type[Exception], int] = {
    SignatureRejected: 401,
    OrganisationUnknown: 404,
    MalformedKey: 422,
    httpx.HTTPError: 502,
}


def build_party(hub: Hub, answers: APIRouter, *, clock: Clock, environment: str) -> FastAPI:
    """`answers` holds the one route in which kinds of parties differ: what they tell the hub."""
    refuse_in_production(environment)
    app = FastAPI(title="Integrating party simulator")
    app.state.party = Party(hub, clock)
    app.include_router(router)
    app.include_router(answers)
    for kind in STATUS_OF:
        app.add_exception_handler(kind, _say_no)
    return app


async def _say_no(request: Request, error: Exception) -> Response:
    status = next(code for kind, code in STATUS_OF.items() if isinstance(error, kind))
    return JSONResponse({"error": type(error).__name__}, status)
