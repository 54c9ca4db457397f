"""What departments and courts have in common: a hook, its record, and trouble on command."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, status
from pydantic import BaseModel, ConfigDict, Field

from deploy.simulators.faults import Fault
from deploy.simulators.party.organisations import ReceivedDelivery
from deploy.simulators.party.state import Party

router = APIRouter()


def party_of(request: Request) -> Party:
    party: Party = request.app.state.party
    return party


PartyHere = Annotated[Party, Depends(party_of)]


class Enrolment(BaseModel):
    """Keys in text form: its own `whsk_…` or `whsec_…`, the hub's `whpk_…` or `whsec_…`."""

    model_config = ConfigDict(extra="forbid")

    organisation_id: UUID
    own_key: str
    hub_keys: list[str] = Field(min_length=1)


@router.post("/{organisation_id}/hook", tags=["Webhooks"])
async def hook(organisation_id: UUID, request: Request, party: PartyHere) -> Response:
    """Where the hub delivers: 204 when the signature is good, also for a repetition."""
    body, now = await request.body(), party.clock.now()

    def effect() -> Response:
        party.organisations.receive(organisation_id, body, request.headers, now)
        return Response(status_code=status.HTTP_204_NO_CONTENT)

    return await party.script.play(str(organisation_id), effect)


@router.post("/_control/organisations", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def enrol(command: Enrolment, party: PartyHere) -> None:
    party.organisations.enrol(command.organisation_id, command.own_key, command.hub_keys)


@router.post("/_control/faults", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def script_fault(fault: Fault, party: PartyHere) -> None:
    """`call` is the id of the organisation whose hook misbehaves."""
    party.script.add(fault)


@router.get("/_control/deliveries", tags=["Control"])
async def deliveries(
    party: PartyHere, organisation_id: UUID | None = None
) -> list[ReceivedDelivery]:
    """What was received, oldest first; by one organisation, or by all."""
    return party.organisations.received(organisation_id)
