"""Which transactions had ended when somebody looked (PostgreSQL's `pg_snapshot`).

Ids and numbers rise when a transaction begins to write, not when it commits: who remembers the
highest seen misses what commits late. A snapshot knows which were still open (decision 0016).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WRITTEN = re.compile(r"(\d{1,19}):(\d{1,19}):((?:\d{1,19}(?:,\d{1,19})*)?)")
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Snapshot:
    """All transactions below `low` had ended, none from `high` on; between them all but `open`."""

    low: int
    high: int
    open: frozenset[int] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Snapshot:
        """Reads `low:high:open,open`, as PostgreSQL writes it. Raises ValueError."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError("not a snapshot")
        low, high = int(found[1]), int(found[2])
        still_open = frozenset(int(each) for each in found[3].split(",") if each)
        if not low <= high <= LARGEST or not all(low <= each < high for each in still_open):
            raise ValueError("not a snapshot")
        return cls(low, high, still_open)

    @property
    def text(self) -> str:
        return f"{self.low}:{self.high}:{','.join(map(str, sorted(self.open)))}"

    def sees(self, transaction: int) -> bool:
        """Whether the transaction had ended."""
        return transaction < self.low or (transaction < self.high and transaction not in self.open)
