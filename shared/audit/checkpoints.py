"""Signed statements of how far the chain reached at a moment (Ed25519)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.identity.keys import TrustedKeys, signing_key

FORMAT = "liuduan-audit-checkpoint-1"


class BadCheckpoint(ValueError):
    """The line is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`log` is the service, `count` the number of entries up to `sequence`, `hash` its hash."""

    log: str
    sequence: int
    hash: bytes
    count: int
    at: datetime
    key_id: str
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        return json.dumps(self._statement(), sort_keys=True, separators=(",", ":")).encode()

    def to_line(self) -> str:
        signature = base64.b64encode(self.signature).decode()
        return json.dumps(self._statement() | {"signature": signature}, sort_keys=True)

    @classmethod
    def from_line(cls, line: str) -> Checkpoint:
        """Raises BadCheckpoint."""
        try:
            said = json.loads(line)
            return cls(
                log=str(said["log"]),
                sequence=int(said["sequence"]),
                hash=bytes.fromhex(said["hash"]),
                count=int(said["count"]),
                at=datetime.fromisoformat(said["at"]),
                key_id=str(said["key_id"]),
                signature=base64.b64decode(said["signature"], validate=True),
            )
        except (ValueError, KeyError, TypeError):
            raise BadCheckpoint("the line is no checkpoint") from None

    def is_signed_by(self, trusted: TrustedKeys) -> bool:
        """Whether a key that is trusted for this log signed exactly this."""
        known = trusted.get(self.key_id)
        if known is None or known.issuer != self.log:
            return False
        try:
            known.key.verify(self.signature, self.signed_bytes())
        except InvalidSignature:
            return False
        return True

    def _statement(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "algorithm": "Ed25519",
            "log": self.log,
            "sequence": self.sequence,
            "hash": self.hash.hex(),
            "count": self.count,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "key_id": self.key_id,
        }


class CheckpointSigner:
    """The key of one service's log; `key_id` and public part go to whoever verifies."""

    def __init__(self, signing_key_pem: str, key_id: str, log: str) -> None:
        self._key = signing_key(signing_key_pem)
        self._key_id = key_id
        self._log = log

    def sign(self, *, sequence: int, hash: bytes, at: datetime) -> Checkpoint:
        said = Checkpoint(self._log, sequence, hash, sequence, at, self._key_id)
        signature = self._key.sign(said.signed_bytes())
        return Checkpoint(self._log, sequence, hash, sequence, at, self._key_id, signature)


async def checkpoint(
    session: AsyncSession, signer: CheckpointSigner, *, at: datetime
) -> Checkpoint | None:
    """Signs the end of the chain; None when nothing was sealed since the last checkpoint."""
    last = (await session.execute(text(_UNSIGNED))).one_or_none()
    if last is None:
        return None
    signed = signer.sign(sequence=last.sequence, hash=last.hash, at=at)
    written = await session.execute(
        text(_INSERT),
        {
            "log": signed.log,
            "sequence": signed.sequence,
            "hash": signed.hash,
            "count": signed.count,
            "at": signed.at,
            "key_id": signed.key_id,
            "signature": signed.signature,
        },
    )
    return signed if written.one_or_none() else None


_UNSIGNED = """
    SELECT sequence, hash FROM audit_entry
     WHERE sequence > coalesce((SELECT max(sequence) FROM audit_checkpoint), 0)
     ORDER BY sequence DESC LIMIT 1"""

_INSERT = """
    INSERT INTO audit_checkpoint (log, sequence, hash, count, at, key_id, signature)
    VALUES (:log, :sequence, :hash, :count, :at, :key_id, :signature)
    ON CONFLICT DO NOTHING
    RETURNING sequence"""
