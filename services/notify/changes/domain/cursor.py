"""How far somebody has read: up to a snapshot, or into the middle of what came after it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from uuid import UUID

from services.notify.changes.domain.snapshot import LARGEST, Snapshot

LONGEST = 4_000  # characters; two snapshots with dozens of open transactions each

Place = tuple[int, UUID]


@dataclass(frozen=True)
class Cursor:
    """Everything that `since` sees has been read; of what `until` sees beyond that, whatever comes
    up to and with `after` (transaction, message), in this order.
    """

    since: Snapshot
    until: Snapshot | None = None
    after: Place | None = None

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Raises ValueError for what was not given out by `text`."""
        plain = base64.urlsafe_b64decode(text.encode("ascii")).decode("ascii")
        since, *middle = plain.split(";")
        if not middle:
            return cls(Snapshot.parse(since))
        until, transaction, message = middle
        if not 0 <= int(transaction) <= LARGEST:
            raise ValueError("not a transaction")
        return cls(Snapshot.parse(since), Snapshot.parse(until), (int(transaction), UUID(message)))

    @property
    def text(self) -> str:
        """Opaque to the client, and fit for a header and an address."""
        parts = [self.since.text]
        if self.until is not None and self.after is not None:
            parts += [self.until.text, str(self.after[0]), str(self.after[1])]
        return base64.urlsafe_b64encode(";".join(parts).encode("ascii")).decode("ascii")

    def is_ahead_of(self, now: Snapshot) -> bool:
        """Whether it comes from a database that knew more than ours: one was restored."""
        return max(self.since.high, self.until.high if self.until else 0) > now.high
