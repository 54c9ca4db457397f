"""PDF: paper and nothing more. No scripts, files, sending forms or programs; no names in it.

A reader of our own, and a suspicious one: a library would show us the document as it understands
it, while what matters is every byte that some other reader may understand. So everything is looked
through as it lies there, and once more unpacked; what cannot be looked through is refused.
"""

from __future__ import annotations

import re

from services.intake.attachments.domain.content.names import without_names
from services.intake.attachments.domain.content.pieces import Kept, Source
from services.intake.attachments.domain.content.refusals import (
    DocumentActive,
    DocumentLocked,
    FileDamaged,
)
from services.intake.attachments.domain.content.streams import plain, unpacked

PDF = "application/pdf"
END = 2048  # bytes in which the end must be marked

# long names only: a short one occurs by chance in any picture
ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|Filespec|RichMedia\w*|SubmitForm|ImportData|GoToR"
    rb"|GoToE|Rendition|Movie|Sound|Collection)(?![A-Za-z0-9])|/XFA\s*[\[\d]"
)
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
OTHER_PACKING = re.compile(rb"/(?:LZW|ASCIIHex|ASCII85|RunLength)Decode")


def bare_document(source: Source) -> Kept:
    """Raises DocumentActive, DocumentLocked or FileDamaged."""
    content = source.at(0, source.size)
    if b"%%EOF" not in content[-END:] or b"obj" not in content:
        raise FileDamaged
    whole = plain(content)
    _judge(whole)
    if OBJECTS.search(whole) and OTHER_PACKING.search(whole):
        raise DocumentLocked
    for some in unpacked(content):
        _judge(plain(some))
    return Kept(PDF, [without_names(content)])


def _judge(text: bytes) -> None:
    if LOCKED.search(text):
        raise DocumentLocked
    if ACTIVE.search(text):
        raise DocumentActive
