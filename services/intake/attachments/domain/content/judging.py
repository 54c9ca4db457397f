"""Which reader judges a file, and whether it is of the kind that was announced."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.intake.attachments.domain.content.document import bare_document
from services.intake.attachments.domain.content.film import M4A, bare_film
from services.intake.attachments.domain.content.formats import HEAD, Format, format_of
from services.intake.attachments.domain.content.pieces import Kept, Source
from services.intake.attachments.domain.content.refusals import FileDamaged, FileKindDiffers
from services.intake.attachments.domain.content.sound import bare_aac, bare_mp3, bare_wav
from services.intake.attachments.domain.lifecycle import AttachmentKind
from shared.errors import DomainError

Reader = Callable[[Source], Kept]

READERS: Mapping[Format, Reader] = {
    Format.MP3: bare_mp3,
    Format.AAC: bare_aac,
    Format.WAV: bare_wav,
    Format.MP4: bare_film,
    Format.PDF: bare_document,
}
KINDS: Mapping[Format, frozenset[AttachmentKind]] = {
    Format.PICTURE: frozenset({AttachmentKind.IMAGE}),
    Format.MP3: frozenset({AttachmentKind.AUDIO}),
    Format.AAC: frozenset({AttachmentKind.AUDIO}),
    Format.WAV: frozenset({AttachmentKind.AUDIO}),
    Format.MP4: frozenset({AttachmentKind.AUDIO, AttachmentKind.VIDEO}),
    Format.PDF: frozenset({AttachmentKind.DOCUMENT}),
}
EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
}


def format_as(kind: AttachmentKind, source: Source) -> Format:
    """Raises FileTypeRefused, HeicRefused or FileKindDiffers."""
    found = format_of(source.at(0, HEAD))
    if kind not in KINDS[found]:
        raise FileKindDiffers
    return found


def bare(kind: AttachmentKind, found: Format, source: Source) -> Kept:
    """What is kept of anything but a picture. Raises a FileRefused."""
    kept = _read(READERS[found], source)
    if (kept.media_type == M4A) != (kind is AttachmentKind.AUDIO) and found is Format.MP4:
        raise FileKindDiffers
    return kept


def _read(reader: Reader, source: Source) -> Kept:
    """What a reader did not foresee is damage as well, and no failure of ours."""
    try:
        return reader(source)
    except (DomainError, MemoryError):
        raise
    except Exception:  # house: edge — strangers' bytes fail in every way there is
        raise FileDamaged from None
