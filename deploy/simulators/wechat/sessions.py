"""session_keys: a new one per login; checking and replacing them; what was encrypted (8, 3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deploy.simulators.wechat.refusal import Refusal


class SessionKeys:
    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._promised: dict[str, str] = {}
        self._encrypted: dict[str, datetime] = {}

    def promised(self, js_code: str) -> str:
        """The key that this login code will give: what the telephone encrypts with meanwhile."""
        return self._promised.setdefault(js_code, _fresh())

    def renew(self, openid: str, key: str | None = None) -> str:
        self._keys[openid] = key or _fresh()
        return self._keys[openid]

    def key_of(self, openid: str) -> str | None:
        return self._keys.get(openid)

    def note_encrypted(self, encrypted: str, now: datetime) -> None:
        """The vendor made this `encryptedData`."""
        self._encrypted[hashlib.sha256(encrypted.encode()).hexdigest()] = now

    def check(self, query: Mapping[str, str]) -> dict[str, Any]:
        self._checked(query)
        return {"errcode": 0, "errmsg": "ok"}

    def reset(self, query: Mapping[str, str]) -> dict[str, Any]:
        openid = self._checked(query)
        return {"errcode": 0, "errmsg": "ok", "openid": openid, "session_key": self.renew(openid)}

    def check_encrypted(self, body: Mapping[str, Any]) -> dict[str, Any]:
        made_at = self._encrypted.get(str(body.get("encrypted_msg_hash")))
        created = int(made_at.timestamp()) if made_at else 0
        return {"errcode": 0, "errmsg": "ok", "vaild": made_at is not None, "create_time": created}

    def _checked(self, query: Mapping[str, str]) -> str:
        openid = query.get("openid", "")
        if query.get("sig_method") != "hmac_sha256":
            raise Refusal(87008)
        key = self._keys.get(openid)
        if key is None:
            raise Refusal(87007)
        expected = hmac.new(key.encode(), b"", hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), query.get("signature", "").encode()):
            raise Refusal(87009)
        return openid


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(16)).decode()
