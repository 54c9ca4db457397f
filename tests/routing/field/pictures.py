"""Small pictures with much to tell: made by hand, so that every byte is known."""

from __future__ import annotations

import zlib

GPS = b"N 29 50 12 E 114 19 20"
MAKER = b"PhoneMaker 15 Pro"
EOI = b"\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def exif(orientation: int = 1) -> bytes:
    entry = b"\x12\x01\x03\x00\x01\x00\x00\x00" + orientation.to_bytes(2, "little") + b"\0\0"
    return b"Exif\0\0II*\0\x08\0\0\0\x01\0" + entry + b"\0\0\0\0" + GPS + MAKER


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
TABLES = segment(0xDB, b"\0" + bytes(64)) + segment(0xC4, b"\xff\xd9table")


def jpeg(orientation: int = 1, *, tail: bytes = b"") -> bytes:
    """Two scans, with a table between them in which the end marker occurs as data."""
    head = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xE1, exif(orientation))
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + GPS + b"</x>")
    colours = segment(0xE2, b"ICC_PROFILE\0\x01\x01profile")
    several = segment(0xE2, b"MPF\0" + MAKER)
    comment = segment(0xFE, MAKER)
    body = colours + several + comment + TABLES + SCAN + TABLES + SCAN
    return b"\xff\xd8" + head + xmp + body + EOI + tail


def png() -> bytes:
    told = (b"eXIf", GPS), (b"tEXt", b"Comment\0" + MAKER), (b"tIME", b"\x07\xea\x03\x02\t\0\0")
    kept = (b"IHDR", bytes(13)), (b"IDAT", zlib.compress(b"\0" * 4)), (b"IEND", b"")
    chunks = (kept[0], *told, *kept[1:])
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(*each) for each in chunks)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def webp() -> bytes:
    chunks = (
        (b"VP8X", bytes([0b0010_1100]) + bytes(9)),
        (b"VP8 ", b"odd"),
        (b"EXIF", GPS),
        (b"XMP ", MAKER),
    )
    body = b"".join(_riff_chunk(*each) for each in chunks)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
