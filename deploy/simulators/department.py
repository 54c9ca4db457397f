"""Simulated departments: mount at `/simulators/department`, each organisation below its own id."""

from __future__ import annotations

from uuid import UUID

import httpx
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict

from deploy.simulators.party import Hub, HubReply, PartyHere, build_party
from deploy.simulators.party.callbacks import CALLBACK_PATH
from deploy.simulators.payloads import DepartmentPayload
from shared.clock import Clock

router = APIRouter()


class DepartmentAnswer(BaseModel):
    """What to tell the hub; the same `webhook_id` again is a repetition."""

    model_config = ConfigDict(extra="forbid")

    organisation_id: UUID
    payload: DepartmentPayload
    webhook_id: str | None = None


@router.post("/_control/answer", tags=["Control"])
async def answer(command: DepartmentAnswer, party: PartyHere) -> HubReply:
    return await party.answer(command.organisation_id, command.payload, command.webhook_id)


def build_department(
    *,
    hub_url: str,
    clock: Clock,
    environment: str,
    transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """`hub_url` is the origin of the hub; callbacks go to routing below it."""
    hub = Hub(hub_url.rstrip("/") + CALLBACK_PATH.format(kind="department"), clock, transport)
    return build_party(hub, router, clock=clock, environment=environment)
