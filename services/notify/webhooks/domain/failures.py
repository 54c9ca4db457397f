"""Why an attempt did not count as taken, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.webhooks.domain.answers import is_success


@dataclass(frozen=True)
class Failure:
    code: str
    chinese: str
    english: str


_NO_ANSWER = ("ANSWER_TIMEOUT", "对方在规定时间内没有应答。", "No answer came in time.")
_UNKNOWN = ("NOT_COMPLETED", "推送未能完成。", "The attempt was not completed.")
_BROKEN = ("CONNECTION_BROKEN", "连接中断。", "The connection broke.")

# by the kind of error that the sender writes down
KNOWN: Mapping[str, tuple[str, str, str]] = {
    "TimedOut": _NO_ANSWER,
    "TimeoutError": _NO_ANSWER,
    "ReadTimeout": _NO_ANSWER,
    "ConnectTimeout": ("CONNECT_TIMEOUT", "连接对方服务器超时。", "Connecting took too long."),
    "ConnectError": ("NOT_REACHED", "无法连接对方服务器。", "The server could not be reached."),
    "NameNotResolved": ("NAME_NOT_RESOLVED", "域名无法解析。", "The name has no address."),
    "AddressRefused": (
        "ADDRESS_REFUSED",
        "该地址指向内网或保留网段，未获例外批准，不予连接。",
        "The address is not public and no exception for it is in force, so it is not called.",
    ),
    "CertificateRefused": (
        "CERTIFICATE_REFUSED",
        "对方的证书未通过校验（过期、域名不符或签发机构不受信任）。",
        "The certificate was not accepted: expired, for another name, or of an unknown authority.",
    ),
    "TlsFailed": ("TLS_FAILED", "与对方的 TLS 握手失败。", "The TLS handshake failed."),
    "ReadError": _BROKEN,
    "WriteError": _BROKEN,
    "RemoteProtocolError": (
        "ANSWER_NOT_HTTP",
        "对方的应答不符合 HTTP。",
        "The answer is not HTTP.",
    ),
    "InvalidURL": ("ADDRESS_INVALID", "推送地址无法解析。", "The address cannot be read."),
}


def failure_of(status: int | None, error: str | None) -> Failure | None:
    """None for an attempt that was taken."""
    if error is not None:
        return Failure(*KNOWN.get(error, _UNKNOWN))
    if status is None or is_success(status):
        return None
    if 300 <= status < 400:
        return Failure(
            f"HTTP_{status}",
            f"对方返回重定向（{status}），按约定不跟随。",
            f"The answer was a redirect ({status}), which is never followed.",
        )
    return Failure(
        f"HTTP_{status}",
        f"对方返回 {status}，只有 2xx 表示已收到。",
        f"The answer was {status}; only 2xx says that it was taken.",
    )
