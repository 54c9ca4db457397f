"""Content safety: texts by a table of words, media by downloading them, findings by a push."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from deploy.simulators.wechat.keywords import KEYWORDS, NOTHING, Found
from deploy.simulators.wechat.refusal import Refusal

RECENTLY = timedelta(hours=2)
LONGEST_TEXT = 2500
LARGEST_MEDIA = 10 * 1024 * 1024
SCENES, MEDIA_TYPES = (1, 2, 3, 4), (1, 2)
DOWNLOAD_FAILED = -1008
REPEATED = 87020


class ContentChecks:
    """`findings` are those of the next media, in turn; afterwards nothing is found.

    `text_labels` tells how numbers are written in a push: real ones have them as text.
    """

    def __init__(self) -> None:
        self.keywords: dict[str, Found] = dict(KEYWORDS)
        self.findings: deque[Found] = deque()
        self.text_labels = True
        self.texts: list[str] = []
        self.media: dict[str, str] = {}
        self._last_use: dict[str, datetime] = {}

    def used(self, openid: str, now: datetime) -> None:
        """The person opened the mini-program."""
        self._last_use[openid] = now

    def check_text(self, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        content = body.get("content")
        if not isinstance(content, str) or not content or len(content) > LONGEST_TEXT:
            raise Refusal(47001)
        self._check_caller(body, now)
        self.texts.append(content)
        words = f"{body.get('title', '')} {content}"
        found = [finding for word, finding in self.keywords.items() if word in words]
        worst = min(found, key=lambda each: each.suggest != "risky", default=NOTHING)
        return {
            "errcode": 0,
            "errmsg": "ok",
            "trace_id": _trace_id(),
            "result": worst._asdict(),
            "detail": [{"strategy": "content_model", "errcode": 0, **worst._asdict()}],
        }

    def check_media(self, body: Mapping[str, Any], now: datetime) -> str:
        """The trace id; the finding comes later."""
        address = body.get("media_url")
        if not isinstance(address, str) or not address.startswith(("http://", "https://")):
            raise Refusal(47001)
        if body.get("media_type") not in MEDIA_TYPES:
            raise Refusal(40004)
        self._check_caller(body, now)
        if address in self.media.values():
            raise Refusal(REPEATED)
        trace_id = _trace_id()
        self.media[trace_id] = address
        return trace_id

    async def finding(
        self, trace_id: str, network: httpx.AsyncBaseTransport | None
    ) -> dict[str, Any]:
        """What the push says of a medium: downloaded, then judged."""
        if not await _downloads(self.media[trace_id], network):
            return {
                "trace_id": trace_id,
                "version": 2,
                "errcode": DOWNLOAD_FAILED,
                "errmsg": "download fail",
            }
        found = self.findings.popleft() if self.findings else NOTHING
        label = str(found.label) if self.text_labels else found.label
        detail = {"strategy": "content_model", "suggest": found.suggest, "label": label}
        result = {"suggest": found.suggest, "label": label}
        return {"trace_id": trace_id, "version": 2, "result": result, "detail": [detail]}

    def _check_caller(self, body: Mapping[str, Any], now: datetime) -> None:
        if body.get("version") != 2:
            raise Refusal(47001)
        if body.get("scene") not in SCENES:
            raise Refusal(40129)
        last = self._last_use.get(str(body.get("openid")))
        if last is None or now - last > RECENTLY:
            raise Refusal(61010)


async def _downloads(address: str, network: httpx.AsyncBaseTransport | None) -> bool:
    """Within the size that the vendor takes."""
    try:
        async with httpx.AsyncClient(transport=network, timeout=5) as client:
            answer = await client.get(address)
    except httpx.HTTPError:
        return False
    return answer.is_success and 0 < len(answer.content) <= LARGEST_MEDIA


def _trace_id() -> str:
    return "-".join(secrets.token_hex(4) for _ in range(3))
