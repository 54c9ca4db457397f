"""MP4, M4A and MOV without what they tell of the place, the device and the moment.

A walker of our own: no library in Python rewrites these files without decoding them, and ffmpeg
would be a second, large reader of what strangers send. Nothing moves: what is taken out is turned
into a `free` box full of zeros, so that every offset in the file stays right.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.intake.attachments.domain.content.boxes import Box, boxes, inside
from services.intake.attachments.domain.content.pieces import Blank, Held, Kept, Source, patched
from services.intake.attachments.domain.content.refusals import FileDamaged, FileTypeRefused
from services.intake.attachments.domain.content.samples import Budget, sample_ranges

MP4, M4A, MOV = "video/mp4", "audio/mp4", "video/quicktime"
LARGEST_INDEX = 16 * 1024 * 1024  # bytes of all indexes together, which are read and made anew
INDEXES = {b"moov", b"moof", b"mfra"}
DEEPEST = 16  # boxes in boxes; real films have 7
PICTURE, SOUND = b"vide", b"soun"
FREE = {b"free", b"skip", b"wide"}
AT_THE_TOP = {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra"}
HOLDING = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf",
           b"mfra"}  # fmt: skip
PLAIN = {b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz",
         b"stz2", b"stco", b"co64", b"sdtp", b"sgpd", b"sbgp", b"cslg", b"stps", b"smhd", b"vmhd",
         b"dref", b"elst", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun", b"tfra",
         b"mfro"}  # fmt: skip
DATED = {b"mvhd", b"tkhd", b"mdhd"}
HANDLER_NAME = 24
COMPRESSOR, COMPRESSOR_LENGTH = 50, 32  # in a sample entry of a picture track


def bare_film(source: Source) -> Kept:
    """Raises FileDamaged or FileTypeRefused."""
    top = list(boxes(source, 0, source.size))
    index = _only(top, b"moov")
    if sum(box.size for box in top if box.kind in INDEXES) > LARGEST_INDEX:
        raise FileDamaged
    budget = Budget()
    cleaner = _Cleaner(Held(source.at(index.start, index.size)), budget)
    if cleaner.dropped and any(box.kind == b"moof" for box in top):
        raise FileTypeRefused  # where the samples of such a track lie is not in the index
    patches: list[tuple[int, bytes | Blank]] = [(index.start, cleaner.index())]
    patches += [(start, Blank(length)) for start, length in _inside(source, cleaner.dropped)]
    for box in top:
        patches += _at_the_top(source, box, budget)
    return Kept(_media_type(source, cleaner), patched(source.size, patches))


def _only(top: list[Box], kind: bytes) -> Box:
    found = [box for box in top if box.kind == kind]
    if len(found) != 1:
        raise FileDamaged
    return found[0]


def _inside(source: Source, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, length in ranges:
        if start + length > source.size:
            raise FileDamaged
        yield start, length


def _at_the_top(source: Source, box: Box, budget: Budget) -> Iterator[tuple[int, bytes | Blank]]:
    """What stands there instead. Of what is blank no zeros are made before they are needed."""
    if box.kind in {b"moof", b"mfra"}:
        yield box.start, _Cleaner(Held(source.at(box.start, box.size)), budget).index()
    elif box.kind not in AT_THE_TOP:
        yield box.start, _freed(box)
        yield box.body, Blank(box.end - box.body)


def _freed(box: Box) -> bytes:
    """The head of a box as large as it was; nothing is to be in it."""
    kind = b"wide" if box.kind == b"wide" else b"free"
    if box.body - box.start > 8:
        return (1).to_bytes(4) + kind + box.size.to_bytes(8)
    return box.size.to_bytes(4) + kind


def _media_type(source: Source, cleaner: _Cleaner) -> str:
    if PICTURE in cleaner.handlers:
        return MOV if source.at(8, 4) == b"qt  " else MP4
    if SOUND in cleaner.handlers:
        return M4A
    raise FileTypeRefused


class _Cleaner:
    """One index box with all that it holds. `dropped` are the samples of tracks taken out."""

    def __init__(self, index: Held, budget: Budget) -> None:
        self._index = index
        self._clean = bytearray(index.content)
        self._budget = budget
        self.handlers: set[bytes] = set()
        self.dropped: list[tuple[int, int]] = []
        (whole,) = boxes(index, 0, index.size)
        self._visit(whole, DEEPEST)

    def index(self) -> bytes:
        return bytes(self._clean)

    def _visit(self, box: Box, levels: int) -> None:
        if not levels:
            raise FileDamaged
        if box.kind == b"trak" and not self._keeps(box):
            self.dropped += sample_ranges(self._index, box, self._budget)
            self._free(box)
        elif box.kind in HOLDING:
            for child in boxes(self._index, box.body, box.end):
                self._visit(child, levels - 1)
        elif box.kind in PLAIN:
            self._blank_words(box)
        else:
            self._free(box)

    def _keeps(self, track: Box) -> bool:
        handler = inside(self._index, track, b"mdia", b"hdlr")
        kind = self._index.at(handler.body + 8, 4) if handler else b""
        if kind not in (PICTURE, SOUND):
            return False
        self.handlers.add(kind)
        return True

    def _free(self, box: Box) -> None:
        self._clean[box.start : box.body] = _freed(box)
        self._clean[box.body : box.end] = bytes(box.end - box.body)

    def _blank_words(self, box: Box) -> None:
        """Moments, names of devices and programs, and whatever lies outside of the file."""
        if box.kind in DATED:
            wide = self._index.at(box.body, 1) == b"\1"
            self._blank(box, box.body + 4, 16 if wide else 8)
        elif box.kind == b"hdlr":
            self._blank(box, box.body + HANDLER_NAME, box.end - box.body - HANDLER_NAME)
        elif box.kind == b"stsd":
            self._blank_compressors(box)
        elif box.kind == b"dref":
            self._refuse_elsewhere(box)

    def _blank_compressors(self, box: Box) -> None:
        for entry in boxes(self._index, box.body + 8, box.end):
            if entry.size > COMPRESSOR + COMPRESSOR_LENGTH + 4 and entry.kind not in {b"mp4a"}:
                self._blank_compressor(entry)

    def _blank_compressor(self, entry: Box) -> None:
        """Its length comes first; a depth follows that tells it from an entry of sound."""
        named = self._index.at(entry.start + COMPRESSOR, 1)[0] < COMPRESSOR_LENGTH
        frames = self._index.at(entry.start + COMPRESSOR - 2, 2) == b"\0\1"
        if named and frames:
            self._blank(entry, entry.start + COMPRESSOR, COMPRESSOR_LENGTH)

    def _refuse_elsewhere(self, box: Box) -> None:
        """Samples lie in this file and nowhere else."""
        for entry in boxes(self._index, box.body + 8, box.end):
            if entry.end < entry.body + 4:
                raise FileDamaged
            if self._index.at(entry.body + 3, 1)[0] & 1 == 0:
                raise FileTypeRefused

    def _blank(self, box: Box, start: int, length: int) -> None:
        end = min(start + max(length, 0), box.end)
        self._clean[start:end] = bytes(max(end - start, 0))
