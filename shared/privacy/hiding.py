"""Words that keep the matter and lose the person: numbers, ids, and the names that are known.

A name travels and waits as a salted fingerprint, so that what tells other services what to hide
gives nothing away when it is opened itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from shared.privacy.masking import mask_name, mask_text

SHORTEST_NAME = 2  # one character is a word of the language


class Fingerprint(BaseModel, frozen=True):
    """Of one name with `length` characters."""

    length: int
    digest: str


class NamePrints(BaseModel, frozen=True):
    """`salt` is new for every telling: two of them cannot be seen to be of one person (X15)."""

    salt: str
    prints: tuple[Fingerprint, ...] = ()

    @classmethod
    def of(cls, names: Collection[str]) -> NamePrints:
        salt = secrets.token_hex(16)
        known = sorted({name for name in names if len(name) >= SHORTEST_NAME})
        prints = (Fingerprint(length=len(name), digest=_digest(salt, name)) for name in known)
        return cls(salt=salt, prints=tuple(prints))


@dataclass(frozen=True)
class Hiding:
    names: NamePrints

    @classmethod
    def of(cls, names: Collection[str]) -> Hiding:
        """`names` are those of the person and of whoever answers for them."""
        return cls(NamePrints.of(names))

    def told(self) -> str:
        return self.names.model_dump_json()

    @classmethod
    def heard(cls, told: str) -> Hiding:
        return cls(NamePrints.model_validate_json(told))

    def words(self, text: str) -> str:
        for length in self._lengths:
            text = self._without_names(text, length)
        return mask_text(text)

    def or_none(self, text: str | None) -> str | None:
        return None if text is None else self.words(text)

    def inside(self, value: Any) -> Any:
        """The same structure of JSON with hidden words."""
        match value:
            case str():
                return self.words(value)
            case list():
                return [self.inside(each) for each in value]
            case dict():
                return {key: self.inside(each) for key, each in value.items()}
        return value

    @cached_property
    def _digests(self) -> frozenset[str]:
        return frozenset(each.digest for each in self.names.prints)

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        """The longest first: a short name may be part of a long one."""
        return tuple(sorted({each.length for each in self.names.prints}, reverse=True))

    def _without_names(self, text: str, length: int) -> str:
        parts, start = [], 0
        while start < len(text):
            word = text[start : start + length]
            hit = len(word) == length and _digest(self.names.salt, word) in self._digests
            parts.append(mask_name(word) if hit else word[0])
            start += length if hit else 1
        return "".join(parts)


def _digest(salt: str, word: str) -> str:
    key = bytes.fromhex(salt)
    return blake2b(word.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()
