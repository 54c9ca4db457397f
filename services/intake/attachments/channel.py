"""What a child process that judges a file and its parent say to each other.

The child asks for bytes of the file, each time in a line of JSON, and gets them raw; it ends with a
verdict in a line of JSON, behind which the new bytes follow:

    {"at": [0, 64]}
    {"refused": "FILE_DAMAGED"}
    {"kept": "audio/mpeg", "pieces": [["bytes", 44], ["span", 44, 417], ["blank", 8]]}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

from services.intake.attachments.domain.content.judging import EXTENSIONS
from services.intake.attachments.domain.content.pieces import Blank, Kept, Piece, Source, Span
from services.intake.attachments.domain.content.refusals import refusal_of

LINE_AT_MOST = 8 * 1024 * 1024
BYTES_AT_MOST = 96 * 1024 * 1024  # of what a child makes anew; a PNG may be larger than what came
AHEAD = 65_536

Told = dict[str, Any]


class ChannelBroken(Exception):
    """The other side has ended, or says what nobody understands."""


class AskingSource:
    """The child's view of the file, which lies with its parent. Some is read ahead, because every
    question is a trip.
    """

    def __init__(self, size: int, answers: IO[bytes], questions: IO[bytes]) -> None:
        self._size, self._answers, self._questions = size, answers, questions
        self._begins, self._window = 0, b""

    @property
    def size(self) -> int:
        return self._size

    def at(self, start: int, length: int) -> bytes:
        length = max(0, min(length, self._size - start))
        if not self._begins <= start <= start + length <= self._begins + len(self._window):
            self._window = self._asked(start, min(max(length, AHEAD), self._size - start))
            self._begins = start
        return self._window[start - self._begins : start - self._begins + length]

    def _asked(self, start: int, length: int) -> bytes:
        tell(self._questions, {"at": [start, length]})
        found = self._answers.read(length)
        if len(found) < length:
            raise ChannelBroken
        return found


def tell(to: IO[bytes], told: Told) -> None:
    to.write(json.dumps(told).encode() + b"\n")
    to.flush()


def tell_kept(to: IO[bytes], kept: Kept) -> None:
    tell(to, {"kept": kept.media_type, "pieces": [_named(piece) for piece in kept.pieces]})
    for piece in kept.pieces:
        if isinstance(piece, bytes):
            to.write(piece)
    to.flush()


def verdict(source: Source, questions: IO[bytes], answers: IO[bytes]) -> Kept:
    """What the child says in the end. Raises a FileRefused by its word, or ChannelBroken."""
    while True:
        told = _line(questions)
        if "refused" in told:
            raise refusal_of(str(told["refused"]))
        if "kept" in told:
            return _kept(told, source, questions)
        start, length = told["at"]
        answers.write(source.at(start, length))
        answers.flush()


def _kept(told: Told, source: Source, content: IO[bytes]) -> Kept:
    """A child that was taken over can neither fill the store nor name a type of its own."""
    kept = Kept(str(told["kept"]), _pieces(told["pieces"], content))
    if kept.media_type not in EXTENSIONS or kept.size > source.size + BYTES_AT_MOST:
        raise ChannelBroken
    return kept


def _line(questions: IO[bytes]) -> Told:
    line = questions.readline(LINE_AT_MOST)
    if not line.endswith(b"\n"):
        raise ChannelBroken
    told: Told = json.loads(line)
    return told


def _named(piece: Piece) -> tuple[str | int, ...]:
    if isinstance(piece, Span):
        return "span", piece.start, piece.end
    return ("blank", piece.length) if isinstance(piece, Blank) else ("bytes", len(piece))


def _pieces(named: Sequence[Sequence[Any]], content: IO[bytes]) -> list[Piece]:
    room = BYTES_AT_MOST
    pieces: list[Piece] = []
    for what, *numbers in named:
        if what == "bytes":
            room -= numbers[0]
            pieces.append(_exactly(content, numbers[0], room))
        else:
            pieces.append(Span(*numbers) if what == "span" else Blank(*numbers))
    return pieces


def _exactly(content: IO[bytes], length: int, room: int) -> bytes:
    found = content.read(length) if length >= 0 <= room else b""
    if len(found) != length:
        raise ChannelBroken
    return found
