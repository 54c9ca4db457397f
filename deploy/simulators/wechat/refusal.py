"""How the vendor says no: HTTP 200 with an errcode, and a request id at the end of errmsg."""

from __future__ import annotations

import secrets

# Words as the vendor uses them (wechat.md 0-4).
ERRMSG = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40004: "invalid media type",
    40013: "invalid appid",
    40014: "invalid access_token",
    40029: "invalid code",
    40037: "invalid template_id",
    40097: "invalid args",
    40125: "invalid appsecret",
    40129: "invalid scene",
    40159: "invalid path",
    40163: "code been used",
    40164: "invalid ip 127.0.0.1, not in whitelist",
    40165: "invalid weapp pagepath",
    40169: "invalid length for scene, or the data is not json string",
    40212: "invalid query",
    40226: "code blocked",
    40243: "appsecret is frozen",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41008: "missing code",
    41030: "invalid page",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43101: "user refuse to accept the msg",
    43104: "appid not match with openid",
    43107: "subscribe message capability is banned",
    43108: "send message to the same user concurrently",
    44002: "empty post data",
    44990: "out of frequency limit",
    44991: "api minute-quota reach limit",
    44993: "reach max link daily quota limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit",
    45029: "qrcode count out of limit",
    45168: "message data contains sensitive content",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48006: "forbid to clear quota because of reaching the limit",
    50002: "user limited",
    61010: "access_log not exist or expired",
    76001: "rid not found",
    76003: "rid not found",
    76021: "cgi_path not found",
    85079: "miniprogram has no online release",
    85096: "scancode_time invalid",
    85401: "time limit between 1min and 30days",
    87007: "session_key not exist or expired",
    87008: "invalid sig_method",
    87009: "invalid signature",
    87014: "risky content",
    87020: "repeated media check",
    89503: "this ip access need admin confirm",
    200011: "account is banned",
    200012: "template num exceeds limit",
    200014: "invalid tid",
    200020: "invalid kid list",
    200021: "invalid scene desc",
    200022: "template duplicated",
}


class Refusal(Exception):
    """Raised inside the simulator; becomes `{"errcode", "errmsg"}`."""

    def __init__(self, errcode: int, detail: str = "") -> None:
        self.errcode = errcode
        self.detail = detail
        self.rid = "-".join(secrets.token_hex(4) for _ in range(3))
        super().__init__(errcode)

    def body(self) -> dict[str, object]:
        words = ERRMSG.get(self.errcode, "system error")
        return {"errcode": self.errcode, "errmsg": f"{words}{self.detail} rid: {self.rid}"}
