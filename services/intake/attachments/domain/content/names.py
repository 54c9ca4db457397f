"""What a PDF tells of who made it, and when, overwritten where it stands: every offset stays right.

Each byte is looked at a fixed number of times, whatever the document contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.intake.attachments.domain.content.refusals import FileDamaged
from services.intake.attachments.domain.content.streams import plain, streams

HEAD = 1024  # bytes in front of a stream in which its type stands
METADATA = re.compile(rb"/Type\s*/Metadata")
PACKETS = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta>"))
TOLD = (rb"Author", rb"Creator", rb"Producer", rb"Title", rb"Subject", rb"Keywords",
        rb"CreationDate", rb"ModDate", rb"LastModified", rb"Company", rb"Manager")  # fmt: skip
KEY = rb"/(?:" + b"|".join(TOLD) + rb")\s*"
TEXT = re.compile(KEY + rb"\(")
HEXADECIMAL = re.compile(KEY + rb"(<[0-9A-Fa-f\s]*>)")
IN_TEXT = re.compile(rb"[()]|\\.", re.DOTALL)
JPEG = re.compile(rb"\xff\xd8(?=\xff[\xc0-\xfe])")
SCAN, COMMENT = 0xDA, 0xFE
PICTURE, NO_PICTURE = 1, 2
SEGMENTS_AT_MOST = 10_000  # of one picture
SAID_BY_APPLICATIONS = {0xE1, *range(0xE3, 0xEE), 0xEF, COMMENT}  # colours stay as they are


def without_names(content: bytes) -> bytes:
    """Raises DocumentLocked or FileDamaged."""
    kept = bytearray(content)
    for start, end in _packets(content):
        kept[start:end] = b" " * (end - start)
    for start, end in _texts(content):
        kept[start:end] = b" " * (end - start)
    for found in HEXADECIMAL.finditer(content):
        start, end = found.start(1) + 1, found.end(1) - 1
        kept[start:end] = b"0" * (end - start)
    for start, end in _told_by_pictures(content):
        kept[start:end] = bytes(end - start)
    return bytes(kept)


def _packets(content: bytes) -> Iterator[tuple[int, int]]:
    """Where XMP lies: in the clear, or as a stream that says so."""
    for opening, closing in PACKETS:
        start = content.find(opening)
        while start >= 0 and (end := content.find(closing, start)) >= 0:
            yield start, end + len(closing)
            start = content.find(opening, end)
    end = 0
    for start in streams(content):
        if start < end:
            continue  # it belongs to the one before
        head = content[max(0, start - HEAD) : start].rpartition(b"obj")[2]
        if METADATA.search(plain(head)):
            end = content.find(b"endstream", start)
            if end < 0:
                return
            yield start, end


def _texts(content: bytes) -> Iterator[tuple[int, int]]:
    """What stands between the outermost parentheses behind a key."""
    at = 0
    while found := TEXT.search(content, at):
        at = _closing(content, found.end())
        yield found.end(), at


def _closing(content: bytes, start: int) -> int:
    """Raises FileDamaged for a text that never ends."""
    depth = 1
    for found in IN_TEXT.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise FileDamaged


def _told_by_pictures(content: bytes) -> Iterator[tuple[int, int]]:
    """What applications wrote into JPEGs. A segment that was walked over is not walked again,
    however many pictures seem to begin in front of it.
    """
    walked = bytearray(len(content) + 1)
    for found in JPEG.finditer(content):
        yield from _told_by_picture(content, found.end(), walked)


def _told_by_picture(content: bytes, at: int, walked: bytearray) -> list[tuple[int, int]]:
    """Nothing if it is none after all."""
    told: list[tuple[int, int]] = []
    steps: list[int] = []
    while not walked[at] and len(steps) < SEGMENTS_AT_MOST:
        steps.append(at)
        marker, end = _segment(content, at)
        if marker == SCAN or not end:
            walked[at] = PICTURE if marker == SCAN else NO_PICTURE
            break
        if marker in SAID_BY_APPLICATIONS:
            told.append((at + 4, end))
        at = end
    outcome = walked[at] or NO_PICTURE
    for step in steps:
        walked[step] = outcome
    return told if outcome == PICTURE else []


def _segment(content: bytes, at: int) -> tuple[int, int]:
    """Its marker and where it ends; 0 and 0 if none begins here, or none that is whole."""
    head = content[at : at + 4]
    end = at + 2 + int.from_bytes(head[2:])
    if len(head) < 4 or head[0] != 0xFF or not at + 4 <= end <= len(content):
        return 0, 0
    return head[1], end
