"""The streams of a PDF, as they lie there and unpacked, in a bounded measure of work."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from services.intake.attachments.domain.content.refusals import DocumentLocked

WORK_AT_MOST = 256 * 1024 * 1024  # bytes read and unpacked, of all streams together
UNPACKED_AT_ONCE = 1024 * 1024
PACKED_AT_ONCE = 64 * 1024
STREAMS_AT_MOST = 20_000
OVERLAP = 64  # bytes; no name that is looked for is longer

ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")


def plain(content: bytes) -> bytes:
    """Names may be written with escapes: /Java#53cript is /JavaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def streams(content: bytes) -> Iterator[int]:
    """Where each begins. Raises DocumentLocked for too many."""
    for number, stream in enumerate(STREAM.finditer(content)):
        if number >= STREAMS_AT_MOST:
            raise DocumentLocked
        yield stream.end()


def unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever is packed, a little at a time. Raises DocumentLocked for what takes too much."""
    room = WORK_AT_MOST
    for start in streams(content):
        if not _looks_packed(content[start : start + 2]):
            continue
        before = b""
        for some, taken in _inflated(memoryview(content)[start:]):
            room -= len(some) + taken
            if room < 0:
                raise DocumentLocked
            yield before + some
            before = some[-OVERLAP:]


def _looks_packed(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0


def _inflated(packed: memoryview) -> Iterator[tuple[bytes, int]]:
    """Until its end, or as far as it can be read: no reader gets further. With each piece comes
    how many packed bytes it took.
    """
    unpacker = zlib.decompressobj()
    at = 0
    rest: bytes | memoryview = b""
    while not unpacker.eof and (rest or at < len(packed)):
        if not rest:
            rest, at = packed[at : at + PACKED_AT_ONCE], at + PACKED_AT_ONCE
        try:
            some = unpacker.decompress(rest, UNPACKED_AT_ONCE)
        except zlib.error:
            return
        taken = len(rest) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        rest = unpacker.unconsumed_tail
        yield some, taken
