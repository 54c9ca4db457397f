"""How the vendor says no: HTTP 200 with an errcode, and a request id at the end of errmsg."""

from __future__ import annotations

import secrets

# Words as the vendor uses them (wechat.md 0-4).
ERRMSG = {
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40013: "invalid appid",
    40029: "invalid code",
    40037: "invalid template_id",
    40125: "invalid appsecret",
    40163: "code been used",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41008: "missing code",
    41030: "invalid page",
    42001: "access_token expired",
    43002: "require POST method",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    45009: "reach max api daily quota limit",
    47001: "data format error",
    47003: "argument invalid!",
}


class Refusal(Exception):
    """Raised inside the simulator; becomes `{"errcode", "errmsg"}`."""

    def __init__(self, errcode: int, detail: str = "") -> None:
        self.errcode = errcode
        self.detail = detail
        super().__init__(errcode)

    def body(self) -> dict[str, object]:
        words = ERRMSG.get(self.errcode, "system error")
        return {"errcode": self.errcode, "errmsg": f"{words}{self.detail} rid: {_rid()}"}


def _rid() -> str:
    return "-".join(secrets.token_hex(4) for _ in range(3))
