"""PDF: paper and nothing more. No scripts, files, sending forms or programs; no names in it.

A reader of our own, and a suspicious one: a library would show us the document as it understands
it, while what matters is every byte that some other reader may understand. So everything is looked
through as it lies there, and once more unpacked; what cannot be looked through is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from services.intake.attachments.domain.content.pieces import Kept, Source
from services.intake.attachments.domain.content.refusals import (
    DocumentActive,
    DocumentLocked,
    FileDamaged,
)

PDF = "application/pdf"
UNPACKED_AT_MOST = 256 * 1024 * 1024  # bytes, of all streams together
UNPACKED_AT_ONCE = 1024 * 1024
STREAMS_AT_MOST = 20_000
OVERLAP = 64  # bytes; no name that we look for is longer
END = 2048  # bytes in which the end must be marked
HEAD = 1024  # bytes in front of a stream in which its type stands

ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# long names only: a short one occurs by chance in any picture
ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|Filespec|RichMedia\w*|SubmitForm|ImportData|GoToR"
    rb"|GoToE|Rendition|Movie|Sound|Collection)(?![A-Za-z0-9])|/XFA\s*[\[\d]"
)
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
OTHER_PACKING = re.compile(rb"/(?:LZW|ASCIIHex|ASCII85|RunLength)Decode")
STREAM = re.compile(rb"stream\r?\n")
METADATA = re.compile(rb"/Type\s*/Metadata")

PACKETS = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta>"))
TOLD = (rb"Author", rb"Creator", rb"Producer", rb"Title", rb"Subject", rb"Keywords",
        rb"CreationDate", rb"ModDate", rb"LastModified", rb"Company", rb"Manager")  # fmt: skip
KEY = rb"/(?:" + b"|".join(TOLD) + rb")\s*"
TOLD_TEXT = re.compile(KEY + rb"(\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))", re.DOTALL)
TOLD_HEX = re.compile(KEY + rb"(<[0-9A-Fa-f\s]*>)")
JPEG = re.compile(rb"\xff\xd8(?=\xff[\xc0-\xfe])")
SCAN, COMMENT = 0xDA, 0xFE
SAID_BY_APPLICATIONS = {0xE1, *range(0xE3, 0xEE), 0xEF, COMMENT}  # colours stay as they are


def bare_document(source: Source) -> Kept:
    """Raises DocumentActive, DocumentLocked or FileDamaged."""
    content = source.at(0, source.size)
    if b"%%EOF" not in content[-END:] or b"obj" not in content:
        raise FileDamaged
    plain = _plain(content)
    _judge(plain)
    if OBJECTS.search(plain) and OTHER_PACKING.search(plain):
        raise DocumentLocked
    for unpacked in _unpacked(content):
        _judge(_plain(unpacked))
    return Kept(PDF, [_without_names(content)])


def _judge(plain: bytes) -> None:
    if LOCKED.search(plain):
        raise DocumentLocked
    if ACTIVE.search(plain):
        raise DocumentActive


def _plain(content: bytes) -> bytes:
    """Names may be written with escapes: /Java#53cript is /JavaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _streams(content: bytes) -> Iterator[int]:
    for number, stream in enumerate(STREAM.finditer(content)):
        if number >= STREAMS_AT_MOST:
            raise DocumentLocked
        yield stream.end()


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever is packed, a little at a time. Raises DocumentLocked for what swells too much."""
    room = UNPACKED_AT_MOST
    for start in _streams(content):
        if not _looks_packed(content[start : start + 2]):
            continue
        before = b""
        for some in _inflated(memoryview(content)[start:]):
            room -= len(some)
            if room < 0:
                raise DocumentLocked
            yield before + some
            before = some[-OVERLAP:]


def _looks_packed(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """Until its end, or as far as it can be read: no reader gets further."""
    unpacker = zlib.decompressobj()
    at = 0
    rest: bytes | memoryview = b""
    while not unpacker.eof and (rest or at < len(packed)):
        if not rest:
            rest, at = packed[at : at + UNPACKED_AT_ONCE], at + UNPACKED_AT_ONCE
        try:
            some = unpacker.decompress(rest, UNPACKED_AT_ONCE)
        except zlib.error:
            return
        rest = unpacker.unconsumed_tail
        yield some


def _without_names(content: bytes) -> bytes:
    """Overwritten where it stands, so that every offset stays right."""
    kept = bytearray(content)
    for start, end in _packets(content):
        kept[start:end] = b" " * (end - start)
    for pattern, filling in ((TOLD_TEXT, b" "), (TOLD_HEX, b"0")):
        for found in pattern.finditer(content):
            start, end = found.start(1) + 1, found.end(1) - 1
            kept[start:end] = filling * (end - start)
    for found in JPEG.finditer(content):
        for start, end in _told_by_picture(content, found.end()):
            kept[start:end] = bytes(end - start)
    return bytes(kept)


def _packets(content: bytes) -> Iterator[tuple[int, int]]:
    """Where XMP lies: in the clear, or as a stream that says so."""
    for opening, closing in PACKETS:
        start = content.find(opening)
        while start >= 0 and (end := content.find(closing, start)) >= 0:
            yield start, end + len(closing)
            start = content.find(opening, end)
    for start in _streams(content):
        head = content[max(0, start - HEAD) : start].rpartition(b"obj")[2]
        end = content.find(b"endstream", start)
        if end >= 0 and METADATA.search(_plain(head)):
            yield start, end


def _told_by_picture(content: bytes, at: int) -> list[tuple[int, int]]:
    """What applications wrote into a JPEG; nothing if it is none after all."""
    found = []
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        marker, end = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == SCAN:
            return found
        if marker in SAID_BY_APPLICATIONS:
            found.append((at + 4, min(end, len(content))))
        at = end
    return []
