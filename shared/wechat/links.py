"""Codes to scan and links to open the mini-program (wechat.md 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shared.wechat.calling import Calling
from shared.wechat.replies import text_of

UNLIMITED_CODE = "/wxa/getwxacodeunlimit"
URL_LINK = "/wxa/generate_urllink"
SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")

Release = Literal["release", "trial", "develop"]


@dataclass(frozen=True)
class Code:
    """`scene` is a short random key and never personal; `page` a path of the released version,
    without leading slash or query. `width` in pixels, 280 to 1280. Raises ValueError.
    """

    scene: str
    page: str
    width: int = 430
    env_version: Release = "release"
    check_path: bool = True

    def __post_init__(self) -> None:
        if not SCENE.fullmatch(self.scene):
            raise ValueError("a scene has at most 32 letters, digits and some symbols")
        if self.page.startswith("/") or "?" in self.page:
            raise ValueError("a page has no leading slash and no query")
        if not 280 <= self.width <= 1280:
            raise ValueError("a width is 280 to 1280 pixels")

    def body(self) -> dict[str, Any]:
        return dict(vars(self))


class Links:
    def __init__(self, calling: Calling) -> None:
        self._calling = calling

    async def code(self, code: Code) -> bytes:
        """The picture of an unlimited mini-program code."""
        return await self._calling.picture(UNLIMITED_CODE, code.body())

    async def url_link(
        self, path: str, query: str, *, until: datetime, env_version: Release = "release"
    ) -> str:
        """An address for text messages, good until then; at most 30 days (else Refused, 85401)."""
        body = {
            "path": path,
            "query": query,
            "expire_type": 0,
            "expire_time": int(until.timestamp()),
            "env_version": env_version,
        }
        reply = await self._calling.post(URL_LINK, body, hidden=(query,) if query else ())
        return text_of(URL_LINK, reply, "url_link")
