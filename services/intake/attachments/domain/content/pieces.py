"""A file as it is read and as it is kept: pieces of it, some replaced, some blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

AT_ONCE = 1_048_576  # bytes


class Source(Protocol):
    """What arrived, wherever it lies."""

    @property
    def size(self) -> int: ...

    def at(self, start: int, length: int) -> bytes:
        """Fewer bytes at the end."""


@dataclass(frozen=True, slots=True)
class Held:
    """A source that is in memory."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def at(self, start: int, length: int) -> bytes:
        return self.content[start : start + length]


@dataclass(frozen=True, slots=True)
class Span:
    """As it was sent, from `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Blank:
    """So many zeros."""

    length: int


Piece = Span | Blank | bytes


@dataclass(frozen=True, slots=True)
class Kept:
    media_type: str
    pieces: Sequence[Piece]

    @property
    def size(self) -> int:
        return sum(map(_size, self.pieces))

    def content(self, source: Source) -> Iterator[bytes]:
        for piece in self.pieces:
            yield from _content(piece, source)


def patched(size: int, patches: Sequence[tuple[int, bytes | Blank]]) -> list[Piece]:
    """All of a source of `size` bytes, with what stands at some places replaced by as much."""
    pieces: list[Piece] = []
    at = 0
    for start, patch in sorted(patches, key=lambda each: each[0]):
        length = _size(patch)
        if start < at:
            patch, start = Blank(max(0, start + length - at)), at
            length = patch.length
        pieces += [Span(at, start), patch]
        at = start + length
    return [*pieces, Span(at, size)]


def _size(piece: Piece) -> int:
    if isinstance(piece, Span):
        return piece.end - piece.start
    return piece.length if isinstance(piece, Blank) else len(piece)


def _content(piece: Piece, source: Source) -> Iterator[bytes]:
    if isinstance(piece, bytes):
        yield piece
        return
    length = _size(piece)
    for done in range(0, length, AT_ONCE):
        some = min(AT_ONCE, length - done)
        yield bytes(some) if isinstance(piece, Blank) else source.at(piece.start + done, some)
