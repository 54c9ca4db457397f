"""Pictures as strangers send them: with a place in them, scripts behind them, far too large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = b"N29.8417E114.3225"
SECRETS = (
    b"Exif\0\0",
    b"GPSV",
    b"xpacket",
    b"Photoshop 3.0",
    b"SecretMaker",
    PLACE,
    b"13900000001",
)
XMP = b'<?xpacket begin=""?><x:xmpmeta>' + PLACE + b"</x:xmpmeta><?xpacket end='w'?>"
COLOURS = [(n * 25 % 256, n * 90 % 256, n * 7 % 256) for n in range(16)]


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    found = Image.new(mode, size)
    for number, colour in enumerate(COLOURS):
        left = number * 4 % max(1, size[0] - 4)
        tint = colour if mode == "RGB" else (*colour, 128)
        found.paste(tint, (left, 0, left + 4, size[1]))
    return found


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(turned: int = 1) -> Image.Exif:
    """The camera, a telephone number in the description, and where it was."""
    found = Image.Exif()
    found[0x010F], found[0x010E], found[0x0112] = "SecretMaker", "13900000001", turned
    place = found.get_ifd(0x8825)
    place[1], place[2] = "N", (29.0, 50.0, 30.12)
    place[29] = PLACE.decode()
    return found


def jpeg(turned: int = 1) -> bytes:
    """With everything that a JPEG can tell: EXIF, XMP, IPTC and a comment."""
    plain = encoded(picture(), "JPEG", exif=exif(turned), comment=b"13900000001")
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + XMP
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x11\x1c\x02\x78\0\x0c" + PLACE[:12]
    return plain[:2] + _segment(0xE1, xmp) + _segment(0xED, iptc) + plain[2:]


def png() -> bytes:
    plain = encoded(picture(mode="RGBA"), "PNG", exif=exif())
    words = _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP) + _chunk(b"tEXt", b"a\0" + PLACE)
    return plain[:33] + words + plain[33:]


def webp() -> bytes:
    return encoded(picture(), "WEBP", exif=exif().tobytes(), xmp=XMP)


def gif() -> bytes:
    return encoded(picture(), "GIF", comment=PLACE)


def gif_with_script() -> bytes:
    """A GIF that is a script as well: its width reads as the beginning of a comment."""
    return gif() + b"*/=1;alert(document.cookie);//" + PLACE


def jpeg_with_zip() -> bytes:
    return jpeg() + archive()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        found.writestr("../../etc/passwd", PLACE)
    return out.getvalue()


def moving(kind: str, frames: int) -> bytes:
    first, *others = (
        Image.new("RGB", (2, 2), (n % 256, n // 256, 90 + n % 2)) for n in range(frames)
    )
    return encoded(first, kind, save_all=True, append_images=others, duration=10)


def many_frames(frames: int = 10_000) -> bytes:
    """A GIF of ten thousand pictures, written by hand: an encoder takes its time."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1000, 1000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b"\x3b"


def vast(edge: int = 30_000) -> bytes:
    """A PNG of nine hundred megapixels in a few hundred bytes."""
    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    body = _chunk(b"IDAT", zlib.compress(bytes(100_000), 9))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + body + _chunk(b"IEND", b"")


def swelling() -> bytes:
    """A PNG of a size that is taken, whose text swells to half a gigabyte."""
    text = b"a\0\0" + zlib.compress(bytes(512 * 1024 * 1024), 9)
    plain = encoded(picture(), "PNG")
    return plain[:33] + _chunk(b"zTXt", text) + plain[33:]


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def _chunk(name: bytes, body: bytes) -> bytes:
    checked = name + body
    return len(body).to_bytes(4) + checked + zlib.crc32(checked).to_bytes(4)
