"""Everything one simulated WeChat knows, in memory."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from deploy.simulators.faults import Script
from deploy.simulators.wechat.codes import OneTimeCodes
from deploy.simulators.wechat.content import ContentChecks
from deploy.simulators.wechat.messages import Messages, Template
from deploy.simulators.wechat.people import is_openid, openid_of, phone_of
from deploy.simulators.wechat.pushing import Pusher, one_or_several
from deploy.simulators.wechat.quotas import Quotas
from deploy.simulators.wechat.refusal import Refusal
from deploy.simulators.wechat.sessions import SessionKeys
from deploy.simulators.wechat.template_box import TemplateBox
from deploy.simulators.wechat.tokens import ClassicTokens, StableTokens
from deploy.simulators.wechat.user_data import encrypted
from shared.clock import Clock


@dataclass(frozen=True)
class MiniProgram:
    """The one mini-program this vendor knows; `pages` None means every page is released."""

    appid: str
    secret: str = field(repr=False)
    templates: Collection[Template] = ()
    pages: Collection[str] | None = None


class Vendor:
    """`network` is how it reaches us: to download media and to push; None is the real one."""

    def __init__(
        self,
        program: MiniProgram,
        clock: Clock,
        network: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.program = program
        self.clock = clock
        self.script = Script()
        self.tokens = StableTokens()
        self.classic_tokens = ClassicTokens()
        self.messages = Messages(program.templates, program.pages)
        self.template_box = TemplateBox(self.messages.templates)
        self.content = ContentChecks()
        self.keys = SessionKeys()
        self.quotas = Quotas(self.script.calls)
        self.pusher = Pusher(program.appid, clock, network)
        self._login_codes = OneTimeCodes(reused=40163)
        self._phone_codes = OneTimeCodes(reused=40029)
        self._phones: dict[str, str] = {}

    def log_in(self, person: str) -> str:
        """What `wx.login` gives the person's mini-program."""
        self.content.used(self.openid(person), self.clock.now())
        return self._login_codes.issue(person, self.clock.now())

    def press_phone_button(self, person: str, phone: str | None = None) -> str:
        """What the phone button gives; `phone` replaces the person's number from now on."""
        if phone:
            self._phones[person] = phone
        return self._phone_codes.issue(person, self.clock.now())

    def phone_data(self, js_code: str, person: str, **changes: Any) -> dict[str, str]:
        """The older way of the phone button: the number, under the key that `js_code` will give."""
        number, now = self.phone(person), self.clock.now()
        watermark = {"timestamp": int(now.timestamp()), "appid": self.program.appid}
        data: dict[str, Any] = {
            "phoneNumber": number,
            "purePhoneNumber": number,
            "countryCode": "86",
        }
        data |= {"watermark": watermark} | changes
        locked = encrypted(self.keys.promised(js_code), data)
        self.keys.note_encrypted(locked["encrypted_data"], now)
        return locked

    def openid(self, person: str) -> str:
        return openid_of(self.program.appid, person)

    def phone(self, person: str) -> str:
        return self._phones.get(person) or phone_of(person)

    def code_to_session(self, query: Mapping[str, str]) -> dict[str, Any]:
        self._check_credentials(query.get("appid"), query.get("secret"))
        if query.get("grant_type") != "authorization_code":
            raise Refusal(40002)
        if not query.get("js_code"):
            raise Refusal(41008)
        person = self._login_codes.spend(query["js_code"], self.clock.now())
        openid = self.openid(person)
        session_key = self.keys.renew(openid, self.keys.promised(query["js_code"]))
        return {"session_key": session_key, "openid": openid}

    def classic_token(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Every call makes another one, and the one before lives five minutes more."""
        if query.get("grant_type") != "client_credential":
            raise Refusal(40002)
        self._check_credentials(query.get("appid"), query.get("secret"))
        token, remaining = self.classic_tokens.fresh(self.clock.now())
        return {"access_token": token, "expires_in": remaining}

    def stable_token(self, content: bytes) -> dict[str, Any]:
        body = read_body(content)
        if body.get("grant_type") != "client_credential":
            raise Refusal(40002)
        self._check_credentials(body.get("appid"), body.get("secret"))
        issue = self.tokens.forced if body.get("force_refresh") is True else self.tokens.normal
        token, remaining = issue(self.clock.now())
        return {"access_token": token, "expires_in": remaining}

    def phone_number(self, token: str, content: bytes) -> dict[str, Any]:
        self.check_token(token)
        body = read_body(content)
        code, openid, now = str(body.get("code")), body.get("openid"), self.clock.now()
        if openid and openid != self.openid(self._phone_codes.owner(code, now)):
            raise Refusal(40003)
        number = self.phone(self._phone_codes.spend(code, now))
        watermark = {"timestamp": int(now.timestamp()), "appid": self.program.appid}
        info = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86"}
        return {"errcode": 0, "errmsg": "ok", "phone_info": {**info, "watermark": watermark}}

    def send_message(self, token: str, content: bytes) -> dict[str, Any]:
        self.check_token(token)
        body = read_body(content)
        self.check_openid(body.get("touser"))
        msgid = self.messages.send(body, self.clock.now())
        self.report_subscription(
            "subscribe_msg_sent_event",
            body["touser"],
            [
                {
                    "TemplateId": body["template_id"],
                    "MsgID": str(msgid),
                    "ErrorCode": "0",
                    "ErrorStatus": "success",
                }
            ],
        )
        return {"errcode": 0, "errmsg": "ok", "msgid": msgid}

    def check_text(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.check_openid(body.get("openid"))
        return self.content.check_text(body, self.clock.now())

    def check_media(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The finding follows by itself, a little later."""
        openid = body.get("openid")
        self.check_openid(openid)
        trace_id = self.content.check_media(body, self.clock.now())
        self.pusher.soon(self._push_finding(trace_id, str(openid)))
        return {"errcode": 0, "errmsg": "ok", "trace_id": trace_id}

    async def _push_finding(self, trace_id: str, openid: str) -> None:
        finding = await self.content.finding(trace_id, self.pusher.network)
        own = {"appid": self.program.appid}
        await self.pusher.push("wxa_media_check", openid, own | finding)

    def report_subscription(self, event: str, openid: str, entries: list[dict[str, str]]) -> None:
        """To whoever wants such events pushed; one entry is an object, several are an array."""
        target = self.pusher.target
        if target is not None and target.subscribe_events:
            listed = {"List": one_or_several(entries)}
            self.pusher.soon(self.pusher.push(event, openid, listed))

    def clear_quota(self, appid: object, secret: str | None = None) -> dict[str, Any]:
        """With the secret instead of a token, when one is given."""
        self._check_credentials(appid, self.program.secret if secret is None else secret)
        return self.quotas.clear(self.clock.now())

    def check_token(self, token: str) -> None:
        """A stable one or a classic one: neither kind knows of the other. Raises Refusal."""
        if not self.classic_tokens.is_good(token, self.clock.now()):
            self.tokens.check(token, self.clock.now())

    def check_openid(self, openid: object) -> None:
        """Raises Refusal."""
        if not is_openid(self.program.appid, openid):
            raise Refusal(40003)

    def _check_credentials(self, appid: object, secret: object) -> None:
        if not appid:
            raise Refusal(41002)
        if not secret:
            raise Refusal(41004)
        if appid != self.program.appid:
            raise Refusal(40013)
        if secret != self.program.secret:
            raise Refusal(40125)


def read_body(content: bytes) -> dict[str, Any]:
    """The posted JSON object; 44002 when empty, 47001 when it is none."""
    if not content:
        raise Refusal(44002)
    try:
        body = json.loads(content)
    except ValueError:
        raise Refusal(47001) from None
    if not isinstance(body, dict):
        raise Refusal(47001)
    return body
