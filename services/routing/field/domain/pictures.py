"""Photographs by their content, without what they tell of the place and the device.

A telephone writes coordinates into the file; they are personal data. What remains is the picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.routing.field.domain.jpeg import PhotoDamaged, bare_jpeg
from shared.errors import Invalid, TooLarge

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"),
    *(b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
EXIF_AND_XMP = 0b0000_1100  # flags of VP8X


class PhotoTypeRefused(Invalid):
    """Not a JPEG, PNG or WebP; HEIC is refused, because its place cannot be taken out of it."""

    code = "PHOTO_TYPE_REFUSED"
    chinese = "仅支持 JPEG、PNG、WebP 图片（HEIC 请先转换）。"


class PhotoTooLarge(TooLarge):
    """The photograph is larger than the rulebook allows."""

    code = "PHOTO_TOO_LARGE"
    chinese = "图片过大，请压缩后上传。"


def media_type_of(content: bytes) -> str:
    """By the first bytes, never by a name. Raises PhotoTypeRefused."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(PNG_SIGNATURE):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    raise PhotoTypeRefused


def bare(content: bytes) -> tuple[bytes, str]:
    """The picture alone, and its media type. Raises PhotoTypeRefused or PhotoDamaged."""
    media_type = media_type_of(content)
    strip = {JPEG: bare_jpeg, PNG: _bare_png, WEBP: _bare_webp}[media_type]
    return strip(content), media_type


def _bare_png(content: bytes) -> bytes:
    chunks = _chunks(content, len(PNG_SIGNATURE), size_first=True, around=12, even=False)
    kept = [chunk for name, chunk in chunks if name in PNG_KEPT]
    return PNG_SIGNATURE + b"".join(kept)


def _bare_webp(content: bytes) -> bytes:
    chunks = _chunks(content, 12, size_first=False, around=8, even=True)
    kept = b"".join(_unflagged(name, chunk) for name, chunk in chunks if name in WEBP_KEPT)
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept


def _unflagged(name: bytes, chunk: bytes) -> bytes:
    """The extended header no longer announces what has been taken out."""
    if name != b"VP8X":
        return chunk
    return chunk[:8] + bytes([chunk[8] & ~EXIF_AND_XMP]) + chunk[9:]


def _chunks(
    content: bytes, at: int, *, size_first: bool, around: int, even: bool
) -> Iterator[tuple[bytes, bytes]]:
    """Name and whole chunk, one after the other. Raises PhotoDamaged."""
    if at + around > len(content):
        raise PhotoDamaged
    while at + around <= len(content):
        head = content[at : at + 8]
        name, number = (head[4:], head[:4]) if size_first else (head[:4], head[4:])
        size = int.from_bytes(number, "big" if size_first else "little")
        length = around + size + (size % 2 if even else 0)
        if at + around + size > len(content):
            raise PhotoDamaged
        yield name, content[at : at + length]
        at += length
