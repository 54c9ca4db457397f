"""Why a stream is not opened."""

from __future__ import annotations

from shared.errors import TooMany


class TooManyStreams(TooMany):
    """You have as many streams open as one person may."""

    code = "TOO_MANY_STREAMS"
    chinese = "您同时打开的消息窗口过多，请关闭一些后重试。"
