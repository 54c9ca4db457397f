"""A JPEG without what applications wrote into it, but still the right way up."""

from __future__ import annotations

import re

from shared.errors import Invalid

EOI, SOS = 0xD9, 0xDA
COMMENT, EXIF, APPLICATION = 0xFE, 0xE1, range(0xE0, 0xF0)
APPLICATION_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # in a scan, FF 00 and restarts are data

TIFF = b"Exif\0\0"
ORDERS = {b"II": "little", b"MM": "big"}
ORIENTATION, SHORT = 0x0112, 3
TURNED = range(2, 9)


class PhotoDamaged(Invalid):
    """The file begins like a picture and does not go on like one."""

    code = "PHOTO_DAMAGED"
    chinese = "图片文件已损坏。"


def bare_jpeg(content: bytes) -> bytes:
    """Raises PhotoDamaged. What hangs behind the picture's end is left out as well."""
    kept, turn, at = bytearray(), 1, 2
    while True:
        at = _marker_at(content, at)
        marker = content[at + 1]
        if marker == EOI:
            return b"\xff\xd8" + _only_turned(turn) + bytes(kept) + bytes([0xFF, EOI])
        end = _end_of(content, at, marker)
        segment = content[at:end]
        if marker == EXIF:
            turn = orientation_of(segment[4:]) or turn
        if _is_kept(marker, segment[4:]):
            kept += segment
        if marker == SOS:
            after = NEXT_MARKER.search(content, end)
            kept += content[end : after.start() if after else end]
            end = after.start() if after else len(content)
        at = end


def orientation_of(exif: bytes) -> int | None:
    """How the camera was held: the one thing in there that the picture needs."""
    tiff = exif.removeprefix(TIFF)
    order = ORDERS.get(tiff[:2])
    if not exif.startswith(TIFF) or order is None:
        return None
    first = _number(tiff[4:8], order)
    for entry in range(_number(tiff[first : first + 2], order)):
        at = first + 2 + 12 * entry
        tag, kind = _number(tiff[at : at + 2], order), _number(tiff[at + 2 : at + 4], order)
        if at + 12 > len(tiff):
            break
        if (tag, kind) == (ORIENTATION, SHORT):
            return _number(tiff[at + 8 : at + 10], order)
    return None


def _only_turned(turn: int) -> bytes:
    """A segment that says nothing but the orientation; none for the usual one."""
    if turn not in TURNED:
        return b""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + turn.to_bytes(2) + b"\0\0"
    body = TIFF + b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry + b"\0\0\0\0"
    return bytes([0xFF, EXIF]) + (len(body) + 2).to_bytes(2) + body


def _marker_at(content: bytes, at: int) -> int:
    """Bytes of filling may stand before a marker."""
    while content[at : at + 2] == b"\xff\xff":
        at += 1
    if at + 2 > len(content) or content[at] != 0xFF:
        raise PhotoDamaged
    return at


def _end_of(content: bytes, at: int, marker: int) -> int:
    if marker in WITHOUT_LENGTH:
        return at + 2
    end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
    if end < at + 4 or end > len(content):
        raise PhotoDamaged
    return end


def _is_kept(marker: int, body: bytes) -> bool:
    if marker == COMMENT:
        return False
    if marker in APPLICATION:
        return marker in APPLICATION_KEPT and body.startswith(APPLICATION_KEPT[marker])
    return True


def _number(raw: bytes, order: str) -> int:
    return int.from_bytes(raw, "little" if order == "little" else "big")
