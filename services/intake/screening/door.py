"""Who knocks at the push door: WeChat, as its signature says, and nobody else (wechat.md 6)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from services.intake.settings import IntakeSettings
from shared.errors import BadRequest, NotFound, Unauthenticated
from shared.web.dependencies import CurrentRuntime
from shared.wechat.push import PushAccount, PushRefused, echo, open_push


class PushDoorShut(NotFound):
    """No token is configured for messages of WeChat."""

    code = "PUSH_DOOR_SHUT"
    chinese = "尚未配置微信消息推送。"


class PushNotSigned(Unauthenticated):
    """This message was not signed by WeChat for this mini-program."""

    code = "PUSH_NOT_SIGNED"
    chinese = "消息签名无效。"


async def account(current: CurrentRuntime) -> PushAccount:
    found = current.part(IntakeSettings).wechat_push
    if found is None:
        raise PushDoorShut
    return found


Account = Annotated[PushAccount, Depends(account)]


async def echoed(request: Request, account: Account) -> str:
    try:
        return echo(account, request.query_params)
    except PushRefused:
        raise PushNotSigned from None


async def pushed(request: Request, account: Account) -> dict[str, Any]:
    try:
        return open_push(account, request.query_params, await request.body())
    except PushRefused:
        raise PushNotSigned from None
    except ClientDisconnect:
        raise BadRequest from None


EchoDep = Annotated[str, Depends(echoed)]
PushDep = Annotated[dict[str, Any], Depends(pushed)]
