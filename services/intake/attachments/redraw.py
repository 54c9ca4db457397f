"""Decodes one picture and makes it anew. Called in a child process and nowhere else: what strangers
send is decoded with memory and time bounded by the system.

Nothing but pixels goes from the old picture to the new one: no EXIF, GPS, XMP, IPTC, comments,
thumbnails or profiles. Orientation and colours are worked into the pixels before.
"""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import Image, ImageCms, ImageFile

from services.intake.attachments.domain.content.pieces import Kept
from services.intake.attachments.domain.content.refusals import (
    FileDamaged,
    FileRefused,
    PictureMoves,
    PictureTooLarge,
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MEGA = 1_000_000
SCALED_FROM = 2304  # pixels; a JPEG whose halves are longer is read at half its scale
LONGEST_EDGE = 4096  # pixels
QUALITY = 88

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def redrawn(content: bytes, jpeg_megapixels: int, megapixels: int) -> Kept:
    """Raises PictureTooLarge, PictureMoves or FileDamaged."""
    Image.MAX_IMAGE_PIXELS = max(jpeg_megapixels, megapixels) * MEGA // 2  # twice as many raise
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            _check(found, jpeg_megapixels if _is_read_by_lines(found) else megapixels)
            picture, was = _pixels(found), found.format or ""
        return _encoded(picture, was)
    except (Image.DecompressionBombError, MemoryError):
        raise PictureTooLarge from None
    except FileRefused:
        raise
    except Exception:  # house: edge — decoders fail in every way there is; the parent is told one
        raise FileDamaged from None


def _is_jpeg(picture: ImageFile.ImageFile) -> bool:
    """Telephones put several pictures into one JPEG; the first is the photograph."""
    return picture.format in ("JPEG", "MPO")


def _is_read_by_lines(picture: ImageFile.ImageFile) -> bool:
    """A progressive one lies in memory at full scale, whatever is asked of it."""
    return _is_jpeg(picture) and not picture.info.get("progressive")


def _check(picture: ImageFile.ImageFile, megapixels: int) -> None:
    width, height = picture.size
    if width * height > megapixels * MEGA:
        raise PictureTooLarge
    if not _is_jpeg(picture) and getattr(picture, "is_animated", False):
        raise PictureMoves


def _pixels(found: ImageFile.ImageFile) -> Image.Image:
    if _is_jpeg(found):
        found.draft("RGB", (SCALED_FROM, SCALED_FROM))
    found.load()
    profile = found.info.get("icc_profile")
    turned = found.getexif().get(0x0112, 1)
    picture = _small_enough(_in_plain_mode(found))
    if profile:
        picture = _in_usual_colours(picture, profile)
    return _upright(picture, turned)


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    if picture.mode in ("L", "RGB"):
        return picture
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)


def _small_enough(picture: Image.Image) -> Image.Image:
    """Another one in any case: what the file said of itself hangs on the old one."""
    scale = LONGEST_EDGE / max(picture.size)
    if scale >= 1:
        return picture.copy()
    width, height = (max(1, round(edge * scale)) for edge in picture.size)
    return picture.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _in_usual_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """As it is, where the profile does not fit."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        usual = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, own, usual, outputMode=picture.mode)
        return turned or picture
    return picture


def _upright(picture: Image.Image, turned: int) -> Image.Image:
    way = UPRIGHT.get(turned)
    return picture if way is None else picture.transpose(way)


def _encoded(picture: Image.Image, was: str) -> Kept:
    """JPEG and WebP stay what they are, the rest becomes PNG."""
    picture.info = {}
    out = io.BytesIO()
    if was in ("JPEG", "MPO"):
        picture.save(out, "JPEG", quality=QUALITY)
        return Kept("image/jpeg", [out.getvalue()])
    if was == "WEBP":
        picture.save(out, "WEBP", quality=QUALITY)
        return Kept("image/webp", [out.getvalue()])
    picture.save(out, "PNG")
    return Kept("image/png", [out.getvalue()])
