"""What the session_key is still good for: is it valid, is data genuine (wechat.md 3, 8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.wechat.calling import Calling
from shared.wechat.errors import Refused
from shared.wechat.replies import text_of
from shared.wechat.user_data import session_signature

CHECK_SESSION = "/wxa/checksession"
RESET_SESSION = "/wxa/resetusersessionkey"
CHECK_ENCRYPTED = "/wxa/business/checkencryptedmsg"
SESSION_INVALID = 87009


@dataclass(frozen=True)
class Genuine:
    """Whether the vendor itself encrypted the data, and when."""

    valid: bool
    created_at: datetime | None = None


class SessionChecks:
    def __init__(self, calling: Calling) -> None:
        self._calling = calling

    async def is_valid(self, openid: str, session_key: str) -> bool:
        query = _signed(openid, session_key)
        try:
            await self._calling.get(CHECK_SESSION, query, hidden=(openid, query["signature"]))
        except Refused as refused:
            if refused.errcode == SESSION_INVALID:
                return False
            raise
        return True

    async def reset(self, openid: str, session_key: str) -> str:
        """A new session_key in place of the given one."""
        query = _signed(openid, session_key)
        reply = await self._calling.get(RESET_SESSION, query, hidden=(openid, query["signature"]))
        return text_of(RESET_SESSION, reply, "session_key")

    async def is_genuine(self, encrypted: str) -> Genuine:
        """Of `encryptedData` as the client sent it; only its hash is sent."""
        digest = hashlib.sha256(encrypted.encode()).hexdigest()
        reply = await self._calling.post(CHECK_ENCRYPTED, {"encrypted_msg_hash": digest})
        if not (reply.get("vaild") or reply.get("valid")):  # the vendor writes it so
            return Genuine(valid=False)
        seconds = int(text_of(CHECK_ENCRYPTED, reply, "create_time"))
        return Genuine(valid=True, created_at=datetime.fromtimestamp(seconds, UTC))


def _signed(openid: str, session_key: str) -> dict[str, str]:
    signature = session_signature(session_key)
    return {"openid": openid, "signature": signature, "sig_method": "hmac_sha256"}
