"""Sound, film and paper as strangers send them, made by hand."""

from __future__ import annotations

import struct
import zlib

from tests.intake.attachments.pictures import PLACE, XMP, jpeg

FRAME = b"\xff\xfb\x90\x64" + bytes(413)  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz
ADTS = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)
ID3 = b"ID3\x04\0\0\0\0\0\x1fTIT2\0\0\0\x15\0\0\0" + PLACE + b"\0\0\0\0"
SAMPLES = 4


def mp3() -> bytes:
    """Tags in front, and both kinds behind."""
    ape = b"APETAGEX" + PLACE + bytes(24)
    return ID3 + FRAME * 8 + ape + b"TAG" + PLACE.ljust(125, b"\0")


def aac() -> bytes:
    return ADTS * 8


def wav() -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
    chunks = _chunk(b"LIST", b"INFOIART" + PLACE + b"\0") + _chunk(b"fmt ", form)
    chunks += _chunk(b"data", b"\x01\x02" * 400) + _chunk(b"id3 ", ID3 + b"\0")
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WAVE" + chunks


def mp4(brand: bytes = b"isom", *, sound_only: bool = False, with_places: bool = True) -> bytes:
    """A track of pictures or sound, one of places, and user data with one more."""
    head = box(b"ftyp", brand + bytes(4) + brand)
    moov = _moov(sound_only, with_places, 0)
    begins = len(head) + len(moov) + 8
    return head + _moov(sound_only, with_places, begins) + box(b"mdat", _samples())


def film_behind() -> bytes:
    """The index behind the samples, as cameras write it, and a box of a maker's own."""
    head = box(b"ftyp", b"qt  " + bytes(4)) + box(b"uuid", bytes(16) + PLACE)
    begins = len(head) + 8
    return head + box(b"mdat", _samples()) + _moov(False, True, begins) + box(b"free", PLACE)


def nested(levels: int = 2000) -> bytes:
    """Boxes in boxes."""
    inner = b""
    for _ in range(levels):
        inner = box(b"edts", inner)
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", inner)


def referring_to_nothing() -> bytes:
    """The last box of the index is an empty reference."""
    here = box(b"dref", bytes(4), (1).to_bytes(4), box(b"url "))
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", box(b"dinf", here))


def kept_samples() -> bytes:
    return b"picture." * SAMPLES


def box(kind: bytes, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    return (len(body) + 8).to_bytes(4) + kind + body


def pdf(*objects: bytes, packed: bytes | None = None) -> bytes:
    """With names in it, a photograph with a place, and whatever else is given."""
    photo = jpeg()
    told = b"<< /Author (SecretMaker) /Title <" + PLACE.hex().encode() + b"> >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        told,
        b"<< /Subtype /Image /Filter /DCTDecode >>" + stream(photo),
        b"<< /Type /Metadata /Subtype /XML >>" + stream(XMP),
        *objects,
    ]
    if packed is not None:
        small = zlib.compress(packed)
        parts.append(b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>" + stream(small))
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(parts, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Info 3 0 R >>\n%%EOF\n"


def stream(body: bytes) -> bytes:
    return b"\nstream\n" + body + b"\nendstream"


def pdf_bomb() -> bytes:
    """A megabyte that swells to a gigabyte."""
    small = zlib.compress(bytes(1024 * 1024 * 1024 // 2), 9)
    return pdf(b"<< /Filter /FlateDecode >>" + stream(small))


def _samples() -> bytes:
    return b"".join(b"picture." + PLACE for _ in range(SAMPLES))


def _moov(sound_only: bool, with_places: bool, begins: int) -> bytes:
    step = 8 + len(PLACE)
    pictures = [begins + n * step for n in range(SAMPLES)]
    places = [start + 8 for start in pictures]
    handler = b"soun" if sound_only else b"vide"
    tracks = [_track(handler, pictures, 8)]
    if with_places:
        tracks.append(_track(b"meta", places, len(PLACE)))
    told = box(b"udta", box(b"\xa9xyz", b"\0\x11\x15\xc7" + PLACE))
    more = box(b"meta", bytes(4) + box(b"ilst", PLACE))
    return box(b"moov", box(b"mvhd", _dated(96)), *tracks, told, more)


def _track(handler: bytes, offsets: list[int], size: int) -> bytes:
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), (1).to_bytes(4), _entry(handler)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, 1, 1)),
        box(b"stsz", bytes(4), struct.pack(">II", size, len(offsets))),
        box(b"stco", bytes(4), struct.pack(f">I{len(offsets)}I", len(offsets), *offsets)),
    )
    here = box(b"dinf", box(b"dref", bytes(4), (1).to_bytes(4), box(b"url ", b"\0\0\0\1")))
    name = box(b"hdlr", bytes(8), handler, bytes(12), b"SecretMaker\0")
    media = box(b"mdia", box(b"mdhd", _dated(20)), name, box(b"minf", here, table))
    return box(b"trak", box(b"tkhd", _dated(80)), media, box(b"udta", PLACE))


def _entry(handler: bytes) -> bytes:
    if handler != b"vide":
        return box(b"mp4a", bytes(28))
    named = bytes([11]) + b"SecretMaker".ljust(31, b"\0")
    return box(b"avc1", bytes(40), b"\0\1", named, b"\0\x18\xff\xff", box(b"avcC", bytes(8)))


def _dated(size: int) -> bytes:
    """Version 0, and a moment that must not remain."""
    return bytes(4) + b"\xe0\x11\x22\x33" * 2 + bytes(size - 8)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
