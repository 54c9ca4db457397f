"""Judges one file and makes it anew: a program of its own, run as a child process.

What strangers send is read here and nowhere else, with memory and processor time bounded by the
system. It holds no key and no secret, and asks its parent for the bytes (`channel.py`).

Its words are KIND SIZE JPEG_MEGAPIXELS MEGAPIXELS MEMORY SECONDS.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType

from PIL import Image

from services.intake.attachments.channel import AskingSource, tell, tell_kept
from services.intake.attachments.domain.content.formats import Format
from services.intake.attachments.domain.content.judging import bare, format_as
from services.intake.attachments.domain.content.pieces import Held, Kept
from services.intake.attachments.domain.content.refusals import (
    DocumentLocked,
    FileDamaged,
    FileRefused,
    PictureTooLarge,
)
from services.intake.attachments.domain.lifecycle import AttachmentKind
from services.intake.attachments.redraw import redrawn

LAST_SECONDS = 5  # of processor time, to say that there was no more
TOO_MUCH: Mapping[AttachmentKind, type[FileRefused]] = {
    AttachmentKind.IMAGE: PictureTooLarge,
    AttachmentKind.DOCUMENT: DocumentLocked,
}


class OutOfTime(BaseException):
    """No reader catches it."""


def judged(kind: AttachmentKind, source: AskingSource, megapixels: tuple[int, int]) -> Kept:
    """Raises a FileRefused."""
    try:
        found = format_as(kind, source)
        if found is Format.MP4:
            return bare(kind, found, source)
        held = Held(source.at(0, source.size))
        if found is Format.PICTURE:
            return redrawn(held.content, *megapixels)
        return bare(kind, found, held)
    except (MemoryError, OutOfTime):
        raise TOO_MUCH.get(kind, FileDamaged) from None


def bound(memory: int, seconds: int) -> None:
    """Not every system knows every bound; the parent has a clock besides."""
    try:
        import resource
    except ImportError:
        return
    signal.signal(signal.SIGXCPU, _out_of_time)
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + LAST_SECONDS),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (soft, hard))


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def main() -> None:
    kind, (size, jpeg_megapixels, megapixels, memory, seconds) = sys.argv[1], map(int, sys.argv[2:])
    answers, questions = sys.stdin.buffer, sys.stdout.buffer
    Image.init()
    bound(memory, seconds)
    source = AskingSource(size, answers, questions)
    try:
        kept = judged(AttachmentKind(kind), source, (jpeg_megapixels, megapixels))
    except FileRefused as refused:
        tell(questions, {"refused": refused.code})
    else:
        tell_kept(questions, kept)


if __name__ == "__main__":
    main()
