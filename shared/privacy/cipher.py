"""Encryption of single fields, bound to the row and column that they stand in."""

from __future__ import annotations

from uuid import UUID

from shared.privacy import envelope
from shared.privacy.keys import KeyRing


class FieldCipher:
    """AES-256-GCM per value; table, row and column are authenticated with it (P25, T27)."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def encrypt(self, plaintext: str, *, table: str, row_id: UUID | str, column: str) -> str:
        """A new ciphertext each time, with the active key."""
        return envelope.lock(self._ring, plaintext, _place(table, row_id, column))

    def decrypt(self, ciphertext: str, *, table: str, row_id: UUID | str, column: str) -> str:
        """Raises CannotDecrypt: MalformedCiphertext, UnknownKey or WrongPlace."""
        return envelope.unlock(self._ring, ciphertext, _place(table, row_id, column))

    @property
    def current_prefix(self) -> str:
        """A value that does not begin so was encrypted with a key that is no longer active."""
        return envelope.prefix(self._ring)


def _place(table: str, row_id: UUID | str, column: str) -> tuple[str, ...]:
    return ("field", table, str(row_id), column)
