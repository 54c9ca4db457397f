"""Where the samples of a track lie, so that those of a track that is taken out can be blanked.

Cameras write where they were into tracks of their own (mebx, gpmd, subtitles), beside the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.intake.attachments.domain.content.boxes import Box, inside
from services.intake.attachments.domain.content.pieces import Source
from services.intake.attachments.domain.content.refusals import FileDamaged

MOST_SAMPLES = 1_000_000  # of all tracks of a film that are taken out
MOST_CHUNKS = 50_000


class Budget:
    """What may still be read of a film."""

    def __init__(self) -> None:
        self._samples, self._chunks = MOST_SAMPLES, MOST_CHUNKS

    def take(self, *, samples: int = 0, chunks: int = 0) -> None:
        """Raises FileDamaged."""
        self._samples -= samples
        self._chunks -= chunks
        if min(self._samples, self._chunks) < 0:
            raise FileDamaged


def sample_ranges(moov: Source, track: Box, budget: Budget) -> list[tuple[int, int]]:
    """Start and length of each chunk in the file. Raises FileDamaged."""
    table = inside(moov, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return []
    offsets = _offsets(moov, table, budget)
    sizes = _sizes(moov, table, budget)
    ranges = []
    for offset, samples in zip(offsets, _per_chunk(moov, table, len(offsets)), strict=False):
        length = sum(size for _, size in zip(range(samples), sizes, strict=False))
        if length:
            ranges.append((offset, length))
    return ranges


def _offsets(moov: Source, table: Box, budget: Budget) -> Sequence[int]:
    narrow, wide = inside(moov, table, b"stco"), inside(moov, table, b"co64")
    if narrow is not None:
        return _numbers(moov, narrow, 4, budget)
    return _numbers(moov, wide, 8, budget) if wide is not None else []


def _numbers(moov: Source, box: Box, width: int, budget: Budget) -> Sequence[int]:
    count = _number(moov, box.body + 4, 4)
    budget.take(chunks=count)
    content = moov.at(box.body + 8, box.end - box.body - 8)
    if count * width > len(content):
        raise FileDamaged
    return [int.from_bytes(content[n * width : (n + 1) * width]) for n in range(count)]


def _sizes(moov: Source, table: Box, budget: Budget) -> Iterator[int]:
    box = inside(moov, table, b"stsz")
    if box is None:
        raise FileDamaged
    same, count = _number(moov, box.body + 4, 4), _number(moov, box.body + 8, 4)
    budget.take(samples=count)
    if not same and count * 4 > box.end - box.body - 12:
        raise FileDamaged
    for number in range(count):
        yield same or _number(moov, box.body + 12 + 4 * number, 4)


def _per_chunk(moov: Source, table: Box, chunks: int) -> Iterator[int]:
    """How many samples each chunk holds; a row of the table counts until the next one begins."""
    box = inside(moov, table, b"stsc")
    if box is None:
        raise FileDamaged
    flat = moov.at(box.body + 8, box.end - box.body - 8)
    rows = [(int.from_bytes(flat[n : n + 4]), int.from_bytes(flat[n + 4 : n + 8]))
            for n in range(0, len(flat) - 11, 12)]  # fmt: skip
    row = -1
    for chunk in range(1, chunks + 1):
        while row + 1 < len(rows) and rows[row + 1][0] <= chunk:
            row += 1
        yield min(rows[row][1], MOST_SAMPLES) if row >= 0 else 0


def _number(moov: Source, at: int, width: int) -> int:
    return int.from_bytes(moov.at(at, width))
