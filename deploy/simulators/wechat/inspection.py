"""Pushes, content checks and all that was seen: looked at and arranged from outside."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, status
from pydantic import Field

from deploy.simulators.wechat.api import VendorHere
from deploy.simulators.wechat.control import Command
from deploy.simulators.wechat.keywords import Found
from deploy.simulators.wechat.pushing import Pushed, PushTarget

router = APIRouter(prefix="/_control", tags=["Control"])


class Use(Command):
    """The person opens the mini-program, without signing in."""

    person: str = Field(min_length=1)


class Judgement(Command):
    """With a `word`: texts that hold it. Without: the next picture or recording."""

    word: str | None = Field(default=None, min_length=1)
    suggest: Literal["pass", "review", "risky"]
    label: int


class Event(Command):
    """Any event about a person, pushed as it is."""

    person: str = Field(min_length=1)
    event: str
    fields: dict[str, Any] = Field(default_factory=dict)


@router.post("/use", status_code=status.HTTP_204_NO_CONTENT)
async def use(command: Use, vendor: VendorHere) -> None:
    vendor.content.used(vendor.openid(command.person), vendor.clock.now())


@router.put("/push")
async def set_push(target: PushTarget, vendor: VendorHere) -> dict[str, bool]:
    """What stands in the console; says whether the address answered as it must."""
    vendor.pusher.target = target
    return {"verified": await vendor.pusher.verify()}


@router.post("/findings", status_code=status.HTTP_204_NO_CONTENT)
async def arrange_finding(judgement: Judgement, vendor: VendorHere) -> None:
    found = Found(judgement.suggest, judgement.label)
    if judgement.word is None:
        vendor.content.findings.append(found)
    else:
        vendor.content.keywords[judgement.word] = found


@router.post("/events")
async def push_event(command: Event, vendor: VendorHere) -> Pushed:
    await vendor.pusher.push(command.event, vendor.openid(command.person), command.fields)
    return vendor.pusher.pushed[-1]


@router.get("/pushes")
async def pushes(vendor: VendorHere) -> list[Pushed]:
    """What was pushed, oldest first, once nothing is under way any more."""
    await vendor.pusher.drain()
    return vendor.pusher.pushed


@router.get("/state")
async def state(vendor: VendorHere) -> dict[str, Any]:
    """How often each path was called, and what was checked and sent."""
    return {
        "calls": dict(vendor.script.calls),
        "forced_refreshes": len(vendor.tokens.forces),
        "messages": len(vendor.messages.sent),
        "texts_checked": len(vendor.content.texts),
        "media_checked": len(vendor.content.media),
        "pushes": len(vendor.pusher.pushed),
        "templates": sorted(vendor.messages.templates),
    }
