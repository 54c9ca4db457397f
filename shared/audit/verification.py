"""Reading the whole log again and finding the first place where it is not what was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audit.chain import BEGINNING, CONTENT, entry_hash
from shared.audit.checkpoints import Checkpoint
from shared.identity.keys import TrustedKeys

_AT_A_TIME = 2000


class Fault(StrEnum):
    MISSING = "MISSING"  # a number is left out: an entry was deleted
    ALTERED = "ALTERED"  # content or number is not what was hashed
    BROKEN_LINK = "BROKEN_LINK"  # does not follow the entry before it
    REWRITTEN = "REWRITTEN"  # the chain is whole, but a checkpoint saw another one
    TRUNCATED = "TRUNCATED"  # a checkpoint saw more entries than there are
    CHECKPOINT_FORGED = "CHECKPOINT_FORGED"  # the signature does not cover what it says
    CHECKPOINT_MISSING = "CHECKPOINT_MISSING"  # known outside, not in the database


@dataclass(frozen=True, slots=True)
class Breach:
    """The first place that is wrong; `entry_id` where an entry stands there."""

    sequence: int
    fault: Fault
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`entries` were read and hashed; `unsealed` ones wait for the sealer and prove nothing yet."""

    entries: int
    checkpoints: int
    unsealed: int
    oldest_unsealed: datetime | None
    breach: Breach | None

    @property
    def intact(self) -> bool:
        return self.breach is None


async def verify(
    session: AsyncSession,
    trusted: TrustedKeys,
    external_checkpoints: Iterable[Checkpoint] = (),
) -> Report:
    """Streams the log in bounded memory; stops at the first breach.

    `trusted` holds the keys of checkpoints, with the log's name as their issuer. Without external
    checkpoints a restored backup, or a tail cut off with its checkpoints, cannot be noticed.
    """
    known = list(external_checkpoints)
    newest = await session.scalar(text("SELECT max(sequence) FROM audit_checkpoint")) or 0
    waiting = (await session.execute(text(_WAITING))).one()
    walk = _Walk(trusted, known)
    breach = _forged(known, trusted) or await _first_breach(session, walk)
    reached = max([newest, *(said.sequence for said in known)])
    if breach is None and reached > walk.sequence:
        breach = Breach(walk.sequence + 1, Fault.TRUNCATED)
    return Report(walk.sequence, walk.checkpoints, waiting.entries, waiting.oldest, breach)


def _forged(known: list[Checkpoint], trusted: TrustedKeys) -> Breach | None:
    for said in known:
        if not said.is_signed_by(trusted):
            return Breach(said.sequence, Fault.CHECKPOINT_FORGED)
    return None


async def _first_breach(session: AsyncSession, walk: _Walk) -> Breach | None:
    rows = await session.stream(text(_ALL))
    try:
        async for batch in rows.partitions(_AT_A_TIME):
            for row in batch:
                if fault := walk.step(row):
                    return Breach(walk.sequence + 1, fault, row.id)
                walk.sequence += 1
    finally:
        await rows.close()
    return None


class _Walk:
    """Follows the chain; `sequence` is the last entry found right."""

    def __init__(self, trusted: TrustedKeys, external: list[Checkpoint]) -> None:
        self.sequence = 0
        self.checkpoints = 0
        self._previous = BEGINNING
        self._trusted = trusted
        self._external: dict[int, set[bytes]] = {}
        for said in external:
            self._external.setdefault(said.sequence, set()).add(said.hash)

    def step(self, row: Any) -> Fault | None:
        sequence, prev_hash, current, *content = row[:_CONTENT_ENDS]
        if sequence != self.sequence + 1:
            return Fault.MISSING
        if prev_hash != self._previous:
            return Fault.BROKEN_LINK
        if current != entry_hash(sequence, prev_hash, content):
            return Fault.ALTERED
        self._previous = current
        return self._witnessed(sequence, current, row)

    def _witnessed(self, sequence: int, current: bytes, row: Any) -> Fault | None:
        outside = self._external.get(sequence)
        if outside is not None and outside != {current}:
            return Fault.REWRITTEN
        if row.log is None:
            return Fault.CHECKPOINT_MISSING if outside else None
        self.checkpoints += 1
        said = Checkpoint(
            sequence=sequence, **dict(zip(_CHECKPOINT, row[_CONTENT_ENDS:], strict=True))
        )
        if not said.is_signed_by(self._trusted):
            return Fault.CHECKPOINT_FORGED
        return Fault.REWRITTEN if said.hash != current or said.count != sequence else None


_CHECKPOINT = ("log", "hash", "count", "at", "key_id", "signature")
_CONTENT_ENDS = 12

_ALL = f"""
    SELECT entry.*, signed.log, signed.hash AS signed_hash, signed.count, signed.at AS signed_at,
           signed.key_id, signed.signature
      FROM (SELECT sequence, prev_hash, hash, {CONTENT} FROM audit_entry
             WHERE sequence IS NOT NULL) AS entry
      LEFT JOIN audit_checkpoint AS signed USING (sequence)
     ORDER BY sequence"""

_WAITING = "SELECT count(*) AS entries, min(at) AS oldest FROM audit_entry WHERE sequence IS NULL"
