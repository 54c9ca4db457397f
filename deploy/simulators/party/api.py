"""What departments and courts have in common: a hook, its record, and trouble on command."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, status
from pydantic import BaseModel, ConfigDict, Field

from deploy.simulators.faults import Fault
from deploy.simulators.party.moods import Mood
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


class Named(BaseModel):
    model_config = ConfigDict(extra="forbid")

    organisation_id: UUID


class MoodOf(Named):
    mood: Mood


class Habits(Named):
    """`sign_at_once`: it signs for every case that is dispatched to it."""

    sign_at_once: bool


class HubKeys(Named):
    hub_keys: list[str] = Field(min_length=1)


class NewKey(BaseModel):
    """Ed25519, `whpk_…`."""

    public_key: str


@router.post("/{organisation_id}/hook", tags=["Webhooks"])
async def hook(organisation_id: UUID, request: Request, party: PartyHere) -> Response:
    """Where the hub delivers: verify, keep, answer 204 (also a repetition), and only then act."""
    body, now = await request.body(), party.clock.now()

    def effect() -> Response:
        kept = party.organisations.receive(organisation_id, body, request.headers, now)
        reaction = party.reaction_to(kept)
        return Response(status_code=status.HTTP_204_NO_CONTENT, background=reaction)

    return await party.script.play(str(organisation_id), effect)


@router.post("/_control/organisations", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def enrol(command: Enrolment, party: PartyHere) -> None:
    party.organisations.enrol(command.organisation_id, command.own_key, command.hub_keys)


@router.post("/_control/faults", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def script_fault(fault: Fault, party: PartyHere) -> None:
    """`call` is the id of the organisation whose hook misbehaves."""
    party.script.add(fault)


@router.post("/_control/mood", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def set_mood(command: MoodOf, party: PartyHere) -> None:
    """How the hook of an organisation behaves from now on."""
    party.feel(command.organisation_id, command.mood)


@router.post("/_control/habits", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def set_habits(command: Habits, party: PartyHere) -> None:
    """What an organisation does by itself from now on."""
    party.sign_at_once(command.organisation_id, wanted=command.sign_at_once)


@router.post("/_control/own-key", tags=["Control"])
async def renew_own_key(command: Named, party: PartyHere) -> NewKey:
    """A new pair of the organisation; give the public half to the hub, then end the old key."""
    return NewKey(public_key=party.organisations.renew_own_key(command.organisation_id))


@router.post("/_control/hub-keys", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def trust(command: HubKeys, party: PartyHere) -> None:
    """Further keys that the hub may sign with, e.g. the new secret of an endpoint."""
    party.organisations.trust(command.organisation_id, command.hub_keys)


@router.get("/_control/deliveries", tags=["Control"])
async def deliveries(
    party: PartyHere, organisation_id: UUID | None = None
) -> list[ReceivedDelivery]:
    """What was received, oldest first; by one organisation, or by all."""
    return party.organisations.received(organisation_id)
