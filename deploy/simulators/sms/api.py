"""The provider's one path, and what no provider offers: trouble on command and a record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from deploy.simulators.faults import Fault
from deploy.simulators.sms.provider import Provider, SentSms
from deploy.simulators.sms.signed import SignedCall
from shared.sms import Fate

router = APIRouter()


def provider_of(request: Request) -> Provider:
    provider: Provider = request.app.state.provider
    return provider


ProviderHere = Annotated[Provider, Depends(provider_of)]


class Reachability(BaseModel):
    """What the carrier will report of messages to `phone` (+86…) from now on."""

    model_config = ConfigDict(extra="forbid")

    phone: str
    fate: Fate


@router.post("/", tags=["Tencent Cloud API 3.0"])
async def call(request: Request, provider: ProviderHere) -> Response:
    arrived = SignedCall(request.headers, await request.body())

    def effect() -> Response:
        return JSONResponse(provider.answer(arrived))

    return await provider.script.play(arrived.action, effect)


@router.post("/_control/faults", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def script_fault(fault: Fault, provider: ProviderHere) -> None:
    """`call` is the action, for instance SendSms."""
    provider.script.add(fault)


@router.post("/_control/reachability", status_code=status.HTTP_204_NO_CONTENT, tags=["Control"])
async def set_reachability(command: Reachability, provider: ProviderHere) -> None:
    provider.fates[command.phone] = command.fate


@router.get("/_control/messages", tags=["Control"])
async def messages(provider: ProviderHere, phone: str | None = None) -> list[SentSms]:
    """What was sent, oldest first; to one number (+86…), or to all."""
    return [each for each in provider.sent if phone in {None, each.phone}]
