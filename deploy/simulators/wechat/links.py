"""Codes to scan (a small real picture) and links (invented)."""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from deploy.simulators.wechat.refusal import Refusal

SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
LONGEST_PATH = 1024
LONGEST_LIFE = timedelta(days=30)
SIZE = 29  # modules of a picture that looks like a code


def unlimited_code(body: Mapping[str, Any], pages: Collection[str] | None) -> bytes:
    scene, page = body.get("scene"), body.get("page")
    if not isinstance(scene, str) or not SCENE.fullmatch(scene):
        raise Refusal(40169)
    if body.get("env_version", "release") not in {"release", "trial", "develop"}:
        raise Refusal(40097)
    if page and body.get("check_path", True) and not _is_released(str(page), pages):
        raise Refusal(41030)
    return picture(scene)


def code_of_path(body: Mapping[str, Any]) -> bytes:
    path = body.get("path")
    if not isinstance(path, str) or not 0 < len(path) <= LONGEST_PATH:
        raise Refusal(40159)
    return picture(path)


def link(body: Mapping[str, Any], now: datetime, *, name: str, begin: str) -> dict[str, Any]:
    """A link that lives until `expire_time`, or for `expire_interval` days."""
    path = body.get("path") or (body.get("jump_wxa") or {}).get("path", "")
    if not isinstance(path, str) or path.startswith("/"):
        raise Refusal(40165)
    _check_expiry(body, now)
    return {"errcode": 0, "errmsg": "ok", name: begin + secrets.token_urlsafe(8)}


def picture(seed: str) -> bytes:
    """A PNG of black and white squares that follow from `seed`."""
    bits = zlib.crc32(seed.encode())
    rows = b"".join(
        b"\x00" + bytes(255 * (bits * (x + 3) * (y + 7) >> 5 & 1) for x in range(SIZE))
        for y in range(SIZE)
    )
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def _is_released(page: str, pages: Collection[str] | None) -> bool:
    return pages is None or page in pages


def _check_expiry(body: Mapping[str, Any], now: datetime) -> None:
    if body.get("expire_type", 0) == 1:
        if not 1 <= int(body.get("expire_interval", 0)) <= LONGEST_LIFE.days:
            raise Refusal(85401)
        return
    if "expire_time" in body:
        until = datetime.fromtimestamp(int(body["expire_time"]), now.tzinfo)
        if not now < until <= now + LONGEST_LIFE:
            raise Refusal(85401)
