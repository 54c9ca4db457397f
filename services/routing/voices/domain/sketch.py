"""What is kept of a text for comparing: hashes that no sentence can be read from."""

from __future__ import annotations

import base64
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from zlib import crc32

from services.routing.voices.domain.wording import plain, wording_of
from shared.rulebook.sections.duplicates import Duplicates

DIGEST_BYTES = 16
COUNT_BYTES = 2
FOUR_BYTES = "I"


@dataclass(frozen=True)
class Sketch:
    """`digest` is equal for the same title and text, `subject` and `pairs` are for likeness."""

    digest: bytes
    subject: frozenset[int]
    pairs: frozenset[int]

    @classmethod
    def of(cls, title: str, text: str, rules: Duplicates, places: Iterable[str] = ()) -> Sketch:
        wording = wording_of(title, text, rules, places)
        digest = sha256(f"{plain(title)}\n{plain(text)}".encode()).digest()[:DIGEST_BYTES]
        return cls(digest, _hashes(wording.subject), _hashes(wording.pairs))

    def packed(self) -> str:
        """Digest, how many hashes are of the title, and the hashes, the title's first."""
        count = len(self.subject).to_bytes(COUNT_BYTES, "big")
        numbers = array(FOUR_BYTES, [*self.subject, *(self.pairs - self.subject)])
        return base64.b64encode(self.digest + count + numbers.tobytes()).decode()

    @classmethod
    def unpacked(cls, packed: str) -> Sketch:
        stored = base64.b64decode(packed)
        count = int.from_bytes(stored[DIGEST_BYTES : DIGEST_BYTES + COUNT_BYTES], "big")
        numbers = array(FOUR_BYTES)
        numbers.frombytes(stored[DIGEST_BYTES + COUNT_BYTES :])
        return cls(stored[:DIGEST_BYTES], frozenset(numbers[:count]), frozenset(numbers))


def _hashes(pairs: Iterable[str]) -> frozenset[int]:
    return frozenset(map(_hash, pairs))


@lru_cache(maxsize=65_536)
def _hash(pair: str) -> int:
    return crc32(pair.encode())
