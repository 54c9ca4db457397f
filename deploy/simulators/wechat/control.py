"""What no vendor offers: acting as a person, causing trouble, and looking at what was sent."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, status
from pydantic import BaseModel, ConfigDict, Field

from deploy.simulators.faults import Fault
from deploy.simulators.wechat.api import VendorHere
from deploy.simulators.wechat.messages import SentMessage, Template
from deploy.simulators.wechat.refusal import Refusal

router = APIRouter(prefix="/_control", tags=["Control"])


class Command(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Login(Command):
    person: str = Field(min_length=1)


class PhoneButton(Command):
    person: str = Field(min_length=1)
    phone: str | None = None


class PhoneData(Command):
    person: str = Field(min_length=1)
    js_code: str = Field(min_length=1)


class Acceptance(Command):
    """`prompts` accepted prompts; 0 means that the person switched the template off."""

    person: str = Field(min_length=1)
    template_id: str
    prompts: int = Field(default=1, ge=0)


class ScriptedError(Command):
    """The next `times` calls of `path` answer `errcode`."""

    path: str
    errcode: int
    times: int = Field(default=1, ge=1)
    after_effect: bool = False


@router.post("/login")
async def log_in(command: Login, vendor: VendorHere) -> dict[str, str]:
    """`wx.login` of a simulated person: a fresh code, and the openid it will give."""
    return {"js_code": vendor.log_in(command.person), "openid": vendor.openid(command.person)}


@router.post("/phone")
async def press_phone_button(command: PhoneButton, vendor: VendorHere) -> dict[str, str]:
    code = vendor.press_phone_button(command.person, command.phone)
    return {"code": code, "phone": vendor.phone(command.person)}


@router.post("/phone-data")
async def encrypt_phone(command: PhoneData, vendor: VendorHere) -> dict[str, str]:
    """The number as the older phone button gives it: `encrypted_data` and `iv`."""
    return vendor.phone_data(command.js_code, command.person)


@router.post("/subscribe")
async def subscribe(command: Acceptance, vendor: VendorHere) -> dict[str, Any]:
    openid = vendor.openid(command.person)
    if command.prompts == 0:
        vendor.messages.unsubscribe(openid, command.template_id)
        rejected = {"TemplateId": command.template_id, "SubscribeStatusString": "reject"}
        vendor.report_subscription("subscribe_msg_change_event", openid, [rejected])
        return {"openid": openid, "allowance": 0}
    try:
        allowance = vendor.messages.subscribe(openid, command.template_id, command.prompts)
    except Refusal as refusal:
        return refusal.body()
    accepted = {"TemplateId": command.template_id, "SubscribeStatusString": "accept"}
    prompts = [accepted | {"PopupScene": "0"}] * command.prompts
    vendor.report_subscription("subscribe_msg_popup_event", openid, prompts)
    return {"openid": openid, "allowance": allowance}


@router.post("/templates", status_code=status.HTTP_204_NO_CONTENT)
async def add_template(template: Template, vendor: VendorHere) -> None:
    vendor.messages.templates[template.template_id] = template


@router.post("/errors", status_code=status.HTTP_204_NO_CONTENT)
async def script_error(command: ScriptedError, vendor: VendorHere) -> None:
    body = json.dumps(Refusal(command.errcode).body())
    vendor.script.add(
        Fault(
            call=command.path,
            times=command.times,
            body=body,
            after_effect=command.after_effect,
        )
    )


@router.post("/faults", status_code=status.HTTP_204_NO_CONTENT)
async def script_fault(fault: Fault, vendor: VendorHere) -> None:
    """Anything else: another status, no JSON, late answers. `call` is the path."""
    vendor.script.add(fault)


@router.post("/kill-token", status_code=status.HTTP_204_NO_CONTENT)
async def kill_token(vendor: VendorHere) -> None:
    vendor.tokens.kill()


@router.get("/messages")
async def messages(
    vendor: VendorHere, openid: str | None = None, person: str | None = None
) -> list[SentMessage]:
    """What was sent, oldest first; to one openid or person, or to all."""
    wanted = vendor.openid(person) if person else openid
    return [each for each in vendor.messages.sent if wanted in {None, each.openid}]
