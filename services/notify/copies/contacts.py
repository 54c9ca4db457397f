"""Contacts at rest: taken out of the sealed event, locked under our own key, opened to send."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from shared.privacy import FieldCipher, Sealed, Sealer

COLUMNS = ("openid", "mobile")


@dataclass(frozen=True)
class Contact:
    """Where somebody can be reached; never logged, never stored."""

    openid: str | None = field(default=None, repr=False)
    mobile: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ContactLock:
    """`table` is part of the lock: a value moved to another row or table does not open."""

    cipher: FieldCipher
    table: str

    def relock(
        self, sealer: Sealer, owner_id: UUID, sealed: dict[str, Sealed | None]
    ) -> dict[str, str | None]:
        """The sealed contacts of an event as columns. Raises CannotDecrypt."""
        return {
            column: self._relocked(sealer, owner_id, column, value)
            for column, value in sealed.items()
        }

    def _relocked(
        self, sealer: Sealer, owner_id: UUID, column: str, sealed: Sealed | None
    ) -> str | None:
        if sealed is None:
            return None
        plain = sealer.open_(sealed, subject=f"{owner_id}/{column}")
        return self.cipher.encrypt(plain, table=self.table, row_id=owner_id, column=column)

    def open_(self, owner_id: UUID, openid: str | None, mobile: str | None) -> Contact:
        return Contact(
            self._opened(owner_id, "openid", openid), self._opened(owner_id, "mobile", mobile)
        )

    def _opened(self, owner_id: UUID, column: str, value: str | None) -> str | None:
        if value is None:
            return None
        return self.cipher.decrypt(value, table=self.table, row_id=owner_id, column=column)
