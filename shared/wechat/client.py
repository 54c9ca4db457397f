"""The WeChat server API as far as we use it: sign-in, phone number, subscribe message, and, each
in its own file, content safety, links, sessions and diagnostics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from shared.clock import Clock
from shared.wechat.access_tokens import AccessTokens, Credentials
from shared.wechat.calling import Calling
from shared.wechat.content import ContentSafety
from shared.wechat.diagnostics import Diagnostics
from shared.wechat.errors import OutcomeUnknown
from shared.wechat.links import Links
from shared.wechat.replies import text_of
from shared.wechat.sessions import SessionChecks
from shared.wechat.token_store import TokenStore
from shared.wechat.wire import Call, Wire

CODE_TO_SESSION = "/sns/jscode2session"
PHONE_NUMBER = "/wxa/business/getuserphonenumber"
SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/send"


@dataclass(frozen=True)
class Session:
    """Who signed in. `session_key` never goes to the client; drop it unless you need it."""

    openid: str = field(repr=False)
    session_key: str = field(repr=False)
    unionid: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PhoneNumber:
    """`number` without the country code, e.g. 13900000001 and 86."""

    number: str = field(repr=False)
    country_code: str


@dataclass(frozen=True)
class SubscribeMessage:
    """`data` as made by `fields.message_data`; `page` is a path of the released version."""

    openid: str = field(repr=False)
    template_id: str
    data: Mapping[str, Mapping[str, str]] = field(repr=False)
    page: str | None = None


class WeChatClient:
    """Raises WeChatError. Closes its wire when left; keeps no connection between calls."""

    def __init__(
        self, wire: Wire, credentials: Credentials, store: TokenStore, clock: Clock
    ) -> None:
        self._wire = wire
        self._credentials = credentials
        self.tokens = AccessTokens(wire, credentials, store, clock)
        self._calling = Calling(wire, self.tokens)
        self.content = ContentSafety(self._calling)
        self.links = Links(self._calling)
        self.sessions = SessionChecks(self._calling)
        self.diagnostics = Diagnostics(wire, self._calling, credentials)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._wire.close()

    async def code_to_session(self, code: str) -> Session:
        """Exchanges a `wx.login` code (5 minutes, once); CodeSpent when it is no longer good.

        After OutcomeUnknown the code may be gone: ask the client to sign in anew.
        """
        query = {
            "appid": self._credentials.appid,
            "secret": self._credentials.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        hidden = (self._credentials.secret, code)
        reply = await self._wire.call(Call("GET", CODE_TO_SESSION, query=query, hidden=hidden))
        return Session(
            text_of(CODE_TO_SESSION, reply, "openid"),
            text_of(CODE_TO_SESSION, reply, "session_key"),
            reply.get("unionid"),
        )

    async def phone_number(self, code: str, openid: str) -> PhoneNumber:
        """The number behind a phone button's code (5 minutes, once), bound to `openid`."""
        body = {"code": code, "openid": openid}
        reply = await self._calling.post(PHONE_NUMBER, body, hidden=(code, openid))
        info = reply.get("phone_info")
        if not isinstance(info, dict):
            raise OutcomeUnknown(PHONE_NUMBER, "the reply has no phone_info")
        return PhoneNumber(
            text_of(PHONE_NUMBER, info, "purePhoneNumber"),
            text_of(PHONE_NUMBER, info, "countryCode"),
        )

    async def send(self, message: SubscribeMessage) -> str | None:
        """Sends once; answers the vendor's message id. NotSubscribed is normal and final.

        After OutcomeUnknown it may have been sent: sending again may show it twice.
        """
        values = [each["value"] for each in message.data.values()]
        hidden = (message.openid, *values)
        reply = await self._calling.post(SUBSCRIBE_SEND, _body(message), hidden)
        msgid = reply.get("msgid")
        return None if msgid is None else str(msgid)


def _body(message: SubscribeMessage) -> dict[str, Any]:
    body = {"touser": message.openid, "template_id": message.template_id, "data": message.data}
    return body if message.page is None else {**body, "page": message.page}
