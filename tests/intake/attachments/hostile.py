"""Files that were made to cost much: little to send, and endless to read for a careless reader."""

from __future__ import annotations

import struct

from tests.intake.attachments.media import box, pdf, stream

EMPTY_BLOCK = b"\0\0\0\xff\xff"  # of deflate: taken in, and nothing comes of it
METADATA = b"/Type /Metadata"
MEGABYTE = 1024 * 1024


def pictures_in_pictures(segments: int, *, ended: bool = True) -> bytes:
    """A JPEG seems to begin in every segment of a JPEG."""
    end = b"\xff\xda" + bytes(8) if ended else bytes(8)
    return pdf(stream(b"\xff\xd8" + b"\xff\xe1\0\4\xff\xd8" * segments + end))


def long_title(size: int, *, ended: bool = True) -> bytes:
    return pdf(b"<< /Title (" + b"a" * size + (b") >>" if ended else b" >>"))


def deep_title(depth: int) -> bytes:
    return pdf(b"<< /Title (" + b"(" * depth + b"SecretMaker" + b")" * depth + b") >>")


def titles_without_end(number: int) -> bytes:
    return pdf(b"/Title (" * number)


def streams_without_end(size: int) -> bytes:
    """Metadata, as many times as streams are taken, in front of much that is none."""
    heads = (b"obj " + METADATA + b" stream\n") * 9_000
    return pdf(heads + b"x" * size)


def streams_of_nothing(number: int, size: int) -> bytes:
    """Each lies in the one before, reads all the rest, and unpacks next to none of it."""
    head = b"stream\nx\x9c"
    block = b"\0" + struct.pack("<HH", len(head), len(head) ^ 0xFFFF) + head
    return pdf(head + block * number + EMPTY_BLOCK * (size // len(EMPTY_BLOCK)))


def film_of_tracks(tracks: int, samples: int) -> bytes:
    """Each is to be taken out, and says that it has so many samples, all of the same size."""
    table = box(
        b"stbl",
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, samples, 1)),
        box(b"stsz", bytes(4), struct.pack(">II", 1, samples)),
        box(b"stco", bytes(4), struct.pack(">II", 1, 0)),
    )
    handler = box(b"hdlr", bytes(8), b"meta", bytes(12))
    track = box(b"trak", box(b"mdia", handler, box(b"minf", table)))
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", track * tracks)


class Padded:
    """A film, and behind it boxes full of zeros, which lie nowhere until they are read."""

    def __init__(self, film: bytes, boxes: int) -> None:
        self._film = film
        self.size = len(film) + boxes * MEGABYTE

    def at(self, start: int, length: int) -> bytes:
        end = min(start + length, self.size)
        found = bytearray(self._film[start:end])
        while start + len(found) < end:
            within = (start + len(found) - len(self._film)) % MEGABYTE
            block = MEGABYTE.to_bytes(4) + b"uuid" + bytes(MEGABYTE - 8)
            found += block[within : within + end - start - len(found)]
        return bytes(found)
