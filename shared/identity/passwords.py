"""Staff passwords: argon2id, checked with the same work whether or not the account exists."""

from __future__ import annotations

import asyncio
import os
import unicodedata
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 256  # characters; longer ones are refused before any work is done
HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """`replacement` is a hash with today's parameters, to be stored when they have changed."""

    matches: bool
    replacement: str | None = None


class Passwords:
    """Hashes off the event loop, two at a time: each takes 64 MiB with the default parameters."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or HASHER
        self._nobody = _of_nobody(self._hasher)
        self._seats = asyncio.Semaphore(2)

    async def hash(self, password: str) -> str:
        """Raises ValueError for a password longer than LONGEST."""
        if len(password) > LONGEST:
            raise ValueError("the password is too long")
        async with self._seats:
            return await asyncio.to_thread(self._hasher.hash, _normalised(password))

    async def check(self, stored: str | None, password: str) -> PasswordCheck:
        """`stored` is None for an unknown account: the work is the same, the answer is no."""
        if len(password) > LONGEST:
            password = ""
        async with self._seats:
            return await asyncio.to_thread(self._checked, stored, _normalised(password))

    def _checked(self, stored: str | None, password: str) -> PasswordCheck:
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return PasswordCheck(matches=False)
        if not stored:
            return PasswordCheck(matches=False)
        outdated = self._hasher.check_needs_rehash(stored)
        return PasswordCheck(True, self._hasher.hash(password) if outdated else None)


@cache
def _of_nobody(hasher: PasswordHasher) -> str:
    """What an unknown account is checked against."""
    return hasher.hash(os.urandom(16).hex())


def _normalised(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
