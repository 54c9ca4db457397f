"""MP3, AAC and WAV: the frames or samples alone; no tags, pictures, comments, or anything else.

Small readers of our own: libraries for tags (mutagen and its like) remove the tags that they know,
while here everything is left out that is no sound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.intake.attachments.domain.content.pieces import Kept, Piece, Source, Span
from services.intake.attachments.domain.content.refusals import FileDamaged

MP3, AAC, WAV = "audio/mpeg", "audio/aac", "audio/wav"
ID3_HEADER = 10
TAGS_BEHIND = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"3DI", b"ID3")
LONGEST_FRAME = 8192  # bytes; what is cut off at the end is shorter
FEWEST_FRAMES = 2

# the formats say so: ISO/IEC 11172-3 and 13818-3 (MP3), 13818-7 (ADTS), RFC 2361 (WAV)
KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
VERSION_1, LAYER_3 = 3, 1
PCM_AND_LIKE = {1, 3, 6, 7, 0xFFFE}

LengthOf = Callable[[bytes, int], int]


def bare_mp3(source: Source) -> Kept:
    """Raises FileDamaged."""
    content = source.at(0, source.size)
    return Kept(MP3, [_frames(content, _behind_tags(content), _mp3_frame)])


def bare_aac(source: Source) -> Kept:
    """Raises FileDamaged."""
    content = source.at(0, source.size)
    return Kept(AAC, [_frames(content, 0, _adts_frame)])


def bare_wav(source: Source) -> Kept:
    """Raises FileDamaged."""
    form, data = _wav_chunks(source)
    body = b"fmt " + len(form).to_bytes(4, "little") + form
    length = data.end - data.start
    body += b"data" + length.to_bytes(4, "little")
    pad = b"\0" * (length % 2)
    size = 4 + len(body) + length + len(pad)
    pieces: Sequence[Piece] = [b"RIFF" + size.to_bytes(4, "little") + b"WAVE" + body, data, pad]
    return Kept(WAV, pieces)


def _behind_tags(content: bytes) -> int:
    """ID3v2 in front, perhaps several; its sizes have seven bits in a byte (ID3v2.4, 6.2)."""
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + ID3_HEADER:
        size = 0
        for seven in content[at + 6 : at + 10]:
            size = size << 7 | seven & 0x7F
        at += ID3_HEADER + size + (ID3_HEADER if content[at + 5] & 0x10 else 0)
    while content[at : at + 1] == b"\0":  # padding that the tag did not count
        at += 1
    return at


def _frames(content: bytes, start: int, length_of: LengthOf) -> Span:
    """From the first frame to the end of the last that follows without a gap."""
    at, frames = start, 0
    while length := length_of(content, at):
        at += length
        frames += 1
    rest = content[at:]
    known = len(rest) <= LONGEST_FRAME or rest.startswith(TAGS_BEHIND) or not rest.strip(b"\0")
    if frames < FEWEST_FRAMES or not known:
        raise FileDamaged
    return Span(start, at)


def _mp3_frame(content: bytes, at: int) -> int:
    """Bytes of the frame that begins here, if a whole one does."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if layer != LAYER_3 or version not in RATES or rate == 3 or bits in (0, 15):
        return 0
    kbits = (KBITS_1 if version == VERSION_1 else KBITS_2)[bits]
    samples = 144 if version == VERSION_1 else 72
    length = samples * kbits * 1000 // RATES[version][rate] + (head[2] >> 1 & 1)
    return length if at + length <= len(content) else 0


def _adts_frame(content: bytes, at: int) -> int:
    """How long the frame is that begins here, or 0; its header has seven bytes (13818-7, 6.2)."""
    head = content[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 and at + length <= len(content) else 0


def _wav_chunks(source: Source) -> tuple[bytes, Span]:
    at, form = 12, b""
    while True:
        head = source.at(at, 8)
        if len(head) < 8:
            raise FileDamaged
        size = int.from_bytes(head[4:], "little")
        body = at + 8
        if head[:4] == b"fmt ":
            form = source.at(body, min(size, 40))
        if head[:4] == b"data":
            break
        at = body + size + size % 2
    if len(form) < 16 or int.from_bytes(form[:2], "little") not in PCM_AND_LIKE:
        raise FileDamaged
    return form, Span(body, min(body + size, source.size))
