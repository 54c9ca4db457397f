"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

from enum import StrEnum

from services.intake.attachments.domain.content.refusals import FileTypeRefused, HeicRefused

HEAD = 64  # bytes
STILL_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


class Format(StrEnum):
    PICTURE = "PICTURE"
    MP3 = "MP3"
    AAC = "AAC"
    WAV = "WAV"
    MP4 = "MP4"
    PDF = "PDF"


def format_of(head: bytes) -> Format:
    """Raises FileTypeRefused or HeicRefused."""
    if head.startswith(PICTURES):
        return Format.PICTURE
    if head[:4] == b"RIFF":
        return _riff(head[8:12])
    if head[4:8] == b"ftyp":
        return _boxes(head)
    if head.startswith((b"%PDF-1.", b"%PDF-2.")):
        return Format.PDF
    return _sound(head)


def _riff(kind: bytes) -> Format:
    if kind == b"WEBP":
        return Format.PICTURE
    if kind == b"WAVE":
        return Format.WAV
    raise FileTypeRefused


def _boxes(head: bytes) -> Format:
    if head[8:12] in STILL_BRANDS:
        raise HeicRefused
    return Format.MP4


def _sound(head: bytes) -> Format:
    if head.startswith(b"ID3"):
        return Format.MP3
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        raise FileTypeRefused
    layer = head[1] & 0x06
    if layer == 0 and head[1] & 0xF0 == 0xF0:
        return Format.AAC
    if layer == 0x02:
        return Format.MP3
    raise FileTypeRefused
