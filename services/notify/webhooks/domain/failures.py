"""Why an attempt did not count as taken, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.webhooks.domain.schedule import is_success


@dataclass(frozen=True)
class Failure:
    code: str
    chinese: str
    english: str


# by the kind of error that the sender wrote down
KNOWN: Mapping[str, tuple[str, str, str]] = {
    "ConnectError": ("NOT_REACHED", "无法连接对方服务器。", "The server could not be reached."),
    "ConnectTimeout": ("CONNECT_TIMEOUT", "连接对方服务器超时。", "Connecting took too long."),
    "ReadTimeout": ("ANSWER_TIMEOUT", "对方在规定时间内没有应答。", "No answer came in time."),
    "TimeoutError": ("ANSWER_TIMEOUT", "对方在规定时间内没有应答。", "No answer came in time."),
    "WriteTimeout": ("SEND_TIMEOUT", "发送内容超时。", "Sending the body took too long."),
    "PoolTimeout": ("SEND_TIMEOUT", "等待可用连接超时。", "No connection was free in time."),
    "ReadError": (
        "ANSWER_BROKEN",
        "接收应答时连接中断。",
        "The connection broke during the answer.",
    ),
    "WriteError": ("SEND_BROKEN", "发送内容时连接中断。", "The connection broke during the body."),
    "RemoteProtocolError": ("ANSWER_BROKEN", "对方的应答不符合 HTTP。", "The answer is not HTTP."),
    "InvalidURL": ("ADDRESS_INVALID", "推送地址无法解析。", "The address cannot be read."),
}


def failure_of(status: int | None, error: str | None) -> Failure | None:
    """None for an attempt that was taken."""
    if error is not None:
        return Failure(*KNOWN.get(error, (error, "推送未能完成。", "The attempt failed.")))
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
