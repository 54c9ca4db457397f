"""The boxes that MP4, M4A and MOV are made of (ISO 14496-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.intake.attachments.domain.content.pieces import Source
from services.intake.attachments.domain.content.refusals import FileDamaged

MOST_BOXES = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """`start` is where its header begins, `body` where its content does."""

    kind: bytes
    start: int
    body: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


def boxes(source: Source, start: int, end: int) -> Iterator[Box]:
    """One after the other, without a gap and to the very end. Raises FileDamaged."""
    at = start
    for _ in range(MOST_BOXES):
        if at == end:
            return
        box = _box(source.at(at, 16), at, end)
        if box.end > end or box.end < box.body:
            raise FileDamaged
        yield box
        at = box.end
    raise FileDamaged


def inside(source: Source, box: Box, *path: bytes) -> Box | None:
    """The first box of that kind in the first of that kind …, if there is one."""
    found: Box | None = box
    for kind in path:
        if found is None:
            return None
        children = boxes(source, found.body, found.end)
        found = next((child for child in children if child.kind == kind), None)
    return found


def _box(head: bytes, at: int, end: int) -> Box:
    if len(head) < 8:
        raise FileDamaged
    size, kind = int.from_bytes(head[:4]), head[4:8]
    if size == 1 and len(head) == 16:
        return Box(kind, at, at + 16, at + int.from_bytes(head[8:]))
    return Box(kind, at, at + 8, end if size == 0 else at + size)
