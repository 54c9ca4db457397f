"""What the vendor tells about our calls: quotas, and what became of a request (wechat.md 0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.wechat.access_tokens import Credentials
from shared.wechat.calling import Calling
from shared.wechat.errors import OutcomeUnknown
from shared.wechat.replies import Reply
from shared.wechat.wire import Call, Wire

QUOTA = "/cgi-bin/openapi/quota/get"
REQUEST = "/cgi-bin/openapi/rid/get"
CLEAR_QUOTA = "/cgi-bin/clear_quota"
CLEAR_QUOTA_WITH_SECRET = "/cgi-bin/clear_quota/v2"
CHECK_CALLBACK = "/cgi-bin/callback/check"


@dataclass(frozen=True)
class Quota:
    """Calls of one path: allowed a day, used, left; and so many calls in so many seconds."""

    daily_limit: int
    used: int
    remain: int
    call_count: int | None = None
    refresh_second: int | None = None


class Diagnostics:
    """For operators; nothing here is called on the way of a complaint."""

    def __init__(self, wire: Wire, calling: Calling, credentials: Credentials) -> None:
        self._wire = wire
        self._calling = calling
        self._credentials = credentials

    async def quota(self, path: str) -> Quota:
        """Of one path, e.g. `/wxa/msg_sec_check`."""
        reply = await self._calling.post(QUOTA, {"cgi_path": path})
        daily, rate = _part(reply, "quota"), reply.get("rate_limit") or {}
        return Quota(
            daily_limit=int(daily["daily_limit"]),
            used=int(daily["used"]),
            remain=int(daily["remain"]),
            call_count=rate.get("call_count"),
            refresh_second=rate.get("refresh_second"),
        )

    async def request(self, rid: str) -> dict[str, Any]:
        """What became of a request within the last seven days, by the rid of an error."""
        reply = await self._calling.post(REQUEST, {"rid": rid})
        return _part(reply, "request")

    async def clear_quotas(self) -> None:
        """Ten times a month (LongLimit, 48006)."""
        await self._calling.post(CLEAR_QUOTA, {"appid": self._credentials.appid})

    async def clear_quotas_with_secret(self) -> None:
        """The same without a token, for when the token's own quota is spent."""
        secret = self._credentials.secret
        body = {"appid": self._credentials.appid, "appsecret": secret}
        call = Call("POST", CLEAR_QUOTA_WITH_SECRET, body=body, hidden=(secret,))
        await self._wire.call(call)

    async def check_callback(self) -> Reply:
        """Whether the vendor reaches our address for pushes: name resolution and ping."""
        return await self._calling.post(
            CHECK_CALLBACK, {"action": "all", "check_operator": "DEFAULT"}
        )


def _part(reply: Reply, name: str) -> dict[str, Any]:
    part = reply.get(name)
    if not isinstance(part, dict):
        raise OutcomeUnknown(name, "the reply has no such part")
    return part
