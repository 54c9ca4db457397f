"""Encryption and signature of single calls, as the platform offers them (wechat.md 9).

Off unless a Wire is given an ApiSecurity. Only AES-256-GCM with RSA is here, not SM4 with SM2.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from shared.clock import Clock

IV_BYTES, TAG_BYTES = 12, 16
PADDING = PSS(MGF1(SHA256()), salt_length=32)


class SecurityBroken(ValueError):
    """The answer was not sealed for us by the platform."""


@dataclass(frozen=True)
class SealedCall:
    content: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class ApiSecurity:
    """`key` (base64) with its number `serial`, both from the console; our own signing key; the
    platform's certificate key. `origin` and path together are what is authenticated.
    """

    appid: str
    serial: str
    key: str = field(repr=False)
    signing_key: RSAPrivateKey = field(repr=False)
    platform_key: RSAPublicKey
    clock: Clock
    paths: frozenset[str] = frozenset(
        {"/wxa/business/getuserphonenumber", "/wxa/media_check_async", "/wxa/getwxacodeunlimit"}
    )
    origin: str = "https://api.weixin.qq.com"

    def seal(self, path: str, body: Mapping[str, Any]) -> SealedCall:
        """The body to post instead of `body`, and the headers that sign it."""
        timestamp = int(self.clock.now().timestamp())
        url = self.origin + path
        own = {"_n": secrets.token_urlsafe(16), "_appid": self.appid, "_timestamp": timestamp}
        plaintext = json.dumps({**own, **body}, ensure_ascii=False, separators=(",", ":"))
        content = json.dumps(self.encrypted(url, timestamp, plaintext)).encode()
        return SealedCall(
            content,
            {
                "Content-Type": "application/json",
                "Wechatmp-Appid": self.appid,
                "Wechatmp-TimeStamp": str(timestamp),
                "Wechatmp-Signature": self.signed(url, str(timestamp), content),
            },
        )

    def open(self, path: str, headers: Mapping[str, str], content: bytes) -> bytes:
        """The answer inside a sealed one. Raises SecurityBroken."""
        url, timestamp = self.origin + path, headers.get("Wechatmp-TimeStamp", "")
        try:
            self.platform_key.verify(
                base64.b64decode(headers.get("Wechatmp-Signature", "")),
                _signed(url, self.appid, timestamp, content),
                PADDING,
                SHA256(),
            )
            parts = {name: base64.b64decode(text) for name, text in json.loads(content).items()}
            sealed = parts["data"] + parts["authtag"]
            return AESGCM(base64.b64decode(self.key)).decrypt(
                parts["iv"], sealed, self._place(url, timestamp)
            )
        except (InvalidSignature, InvalidTag, ValueError, KeyError, TypeError, AttributeError):
            raise SecurityBroken("the answer is not sealed for us") from None

    def encrypted(
        self, url: str, timestamp: int, plaintext: str, iv: bytes | None = None
    ) -> dict[str, str]:
        """`iv` are 12 bytes, made up here unless given."""
        iv = os.urandom(IV_BYTES) if iv is None else iv
        sealed = AESGCM(base64.b64decode(self.key)).encrypt(
            iv, plaintext.encode(), self._place(url, str(timestamp))
        )
        parts = {"iv": iv, "data": sealed[:-TAG_BYTES], "authtag": sealed[-TAG_BYTES:]}
        return {name: base64.b64encode(part).decode() for name, part in parts.items()}

    def signed(self, url: str, timestamp: str, content: bytes) -> str:
        message = _signed(url, self.appid, timestamp, content)
        return base64.b64encode(self.signing_key.sign(message, PADDING, SHA256())).decode()

    def _place(self, url: str, timestamp: str) -> bytes:
        return f"{url}|{self.appid}|{timestamp}|{self.serial}".encode()


def _signed(url: str, appid: str, timestamp: str, content: bytes) -> bytes:
    return f"{url}\n{appid}\n{timestamp}\n".encode() + content
