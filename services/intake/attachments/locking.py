"""Encryption of a content as it streams, so that a video never lies in memory as a whole.

AES-256-GCM per chunk of 64 KiB. The nonce holds a random prefix, the number of the chunk and
whether it is the last, so chunks can be neither exchanged nor left out; what the content is
(`name`) is authenticated with each.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.errors import Unavailable

KEY_BITS = 256
PREFIX, TAG, CHUNK = 7, 16, 65_536  # bytes

Read = Callable[[int, int], bytes]


class ContentForged(Unavailable):
    """What lies in the store is not what was written there."""

    code = "CONTENT_FORGED"
    chinese = "附件内容校验失败，暂时无法读取。"


def new_key() -> str:
    return base64.urlsafe_b64encode(AESGCM.generate_key(KEY_BITS)).decode()


def locked_size(size: int) -> int:
    """Bytes in the store of a content of `size` bytes."""
    return PREFIX + size + TAG * _chunks(size)


def lock(key: str, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
    """In whatever pieces it comes."""
    cipher, prefix = _cipher(key), os.urandom(PREFIX)
    yield prefix
    waiting, number = bytearray(), 0
    for piece in content:
        waiting += piece
        while len(waiting) > CHUNK:
            nonce = _nonce(prefix, number, last=False)
            yield cipher.encrypt(nonce, bytes(waiting[:CHUNK]), name.encode())
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(prefix, number, last=True), bytes(waiting), name.encode())


def unlock(
    key: str, name: str, read: Read, size: int, start: int = 0, end: int | None = None
) -> Iterator[bytes]:
    """The bytes from `start` to `end` of a content of `size`; `read` gives (offset, length) of what
    is stored. Raises ContentForged.
    """
    stop = size if end is None else end
    cipher, prefix, last = _cipher(key), read(0, PREFIX), _chunks(size) - 1
    for number in range(start // CHUNK, _chunks(stop)):
        begins = number * CHUNK
        length = min(CHUNK, size - begins) + TAG
        stored = read(PREFIX + number * (CHUNK + TAG), length)
        try:
            nonce = _nonce(prefix, number, last=number == last)
            chunk = cipher.decrypt(nonce, stored, name.encode())
        except (InvalidTag, ValueError):
            raise ContentForged from None
        yield chunk[max(start - begins, 0) : stop - begins]


def _chunks(size: int) -> int:
    return max(1, -(-size // CHUNK))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4) + bytes([last])


def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(key))
