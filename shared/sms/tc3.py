"""TC3-HMAC-SHA256, the signature of Tencent Cloud API 3.0 ("签名方法 v3")."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime

ALGORITHM = "TC3-HMAC-SHA256"
CONTENT_TYPE = "application/json; charset=utf-8"
SIGNED_HEADERS = "content-type;host;x-tc-action"


@dataclass(frozen=True)
class Tc3Key:
    secret_id: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True)
class Tc3Request:
    """What is signed. `timestamp` in Unix seconds; `host` as in the Host header."""

    service: str
    host: str
    action: str
    timestamp: int
    body: bytes = field(repr=False)


def authorization(key: Tc3Key, request: Tc3Request) -> str:
    """The Authorization header of a POST to `/`."""
    return (
        f"{ALGORITHM} Credential={key.secret_id}/{_scope(request)}, "
        f"SignedHeaders={SIGNED_HEADERS}, Signature={_signature(key, request)}"
    )


def _signature(key: Tc3Key, request: Tc3Request) -> str:
    text = f"{ALGORITHM}\n{request.timestamp}\n{_scope(request)}\n{_hash(_canonical(request))}"
    signing = f"TC3{key.secret_key}".encode()
    for part in (_date(request), request.service, "tc3_request"):
        signing = _hmac(signing, part)
    return _hmac(signing, text).hex()


def _canonical(request: Tc3Request) -> bytes:
    headers = f"content-type:{CONTENT_TYPE}\nhost:{request.host}\n"
    headers += f"x-tc-action:{request.action.lower()}\n"
    return f"POST\n/\n\n{headers}\n{SIGNED_HEADERS}\n{_hash(request.body)}".encode()


def _scope(request: Tc3Request) -> str:
    return f"{_date(request)}/{request.service}/tc3_request"


def _date(request: Tc3Request) -> str:
    return datetime.fromtimestamp(request.timestamp, UTC).strftime("%Y-%m-%d")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
