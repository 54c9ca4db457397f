"""Everything one simulated WeChat knows, in memory."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.simulators.faults import Script
from deploy.simulators.wechat.codes import OneTimeCodes
from deploy.simulators.wechat.messages import Messages, Template
from deploy.simulators.wechat.people import is_openid, openid_of, phone_of
from deploy.simulators.wechat.refusal import Refusal
from deploy.simulators.wechat.tokens import StableTokens
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
    def __init__(self, program: MiniProgram, clock: Clock) -> None:
        self.program = program
        self.clock = clock
        self.script = Script()
        self.tokens = StableTokens()
        self.messages = Messages(program.templates, program.pages)
        self._login_codes = OneTimeCodes(reused=40163)
        self._phone_codes = OneTimeCodes(reused=40029)
        self._phones: dict[str, str] = {}
        self._session_keys: dict[str, str] = {}

    def log_in(self, person: str) -> str:
        """What `wx.login` gives the person's mini-program."""
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
        data = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86"}
        return encrypted(self._session_key(js_code), data | {"watermark": watermark} | changes)

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
        session_key = self._session_key(query["js_code"])
        return {"session_key": session_key, "openid": self.openid(person)}

    def _session_key(self, js_code: str) -> str:
        fresh = base64.b64encode(secrets.token_bytes(16)).decode()
        return self._session_keys.setdefault(js_code, fresh)

    def stable_token(self, content: bytes) -> dict[str, Any]:
        body = read_body(content)
        if body.get("grant_type") != "client_credential":
            raise Refusal(40002)
        self._check_credentials(body.get("appid"), body.get("secret"))
        issue = self.tokens.forced if body.get("force_refresh") is True else self.tokens.normal
        token, remaining = issue(self.clock.now())
        return {"access_token": token, "expires_in": remaining}

    def phone_number(self, token: str, content: bytes) -> dict[str, Any]:
        self.tokens.check(token, self.clock.now())
        body = read_body(content)
        code, openid, now = str(body.get("code")), body.get("openid"), self.clock.now()
        if openid and openid != self.openid(self._phone_codes.owner(code, now)):
            raise Refusal(40003)
        number = self.phone(self._phone_codes.spend(code, now))
        watermark = {"timestamp": int(now.timestamp()), "appid": self.program.appid}
        info = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86"}
        return {"errcode": 0, "errmsg": "ok", "phone_info": {**info, "watermark": watermark}}

    def send_message(self, token: str, content: bytes) -> dict[str, Any]:
        now = self.clock.now()
        self.tokens.check(token, now)
        body = read_body(content)
        if not is_openid(self.program.appid, body.get("touser")):
            raise Refusal(40003)
        msgid = self.messages.send(body, now)
        return {"errcode": 0, "errmsg": "ok", "msgid": msgid}

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
